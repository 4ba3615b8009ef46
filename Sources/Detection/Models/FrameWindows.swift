import Engine
import Media

/// The windows of equal length that cover a succession of frames.
enum FrameWindows {
  /// Where each begins: as few as cover all frames, evenly spread from the first frame to the last.
  ///
  /// - Parameters:
  ///   - count: how many frames there are.
  ///   - frames: how many a window has; `count` at most.
  static func starts(covering count: Int, by frames: Int) -> [Int] {
    precondition(frames > 0 && count >= frames, "windows of \(frames) over \(count) frames")
    let windows = (count + frames - 1) / frames
    return (0..<windows).map { $0 * (count - frames) / max(1, windows - 1) }
  }

  /// The logits of successions of frames: each the mean over its windows.
  ///
  /// - Parameters:
  ///   - lengths: how many frames each has; `frames` at least.
  ///   - frames: how many a window has.
  ///   - size: how many windows are scored at once.
  ///   - picture: a frame, 256×256; called on several threads.
  ///   - score: the logits of some windows, of normalized pictures `[windows · frames, side, side, 3]`.
  static func logits<Failure: Error>(
    ofLengths lengths: [Int], frames: Int, atOnce size: Int, _ input: DetectorInput,
    picture: @Sendable (_ index: Int, _ frame: Int) -> Image,
    score: (Tensor) throws(Failure) -> [Double]
  ) throws(Failure) -> [Double] {
    let windows = lengths.indices.flatMap { index in
      starts(covering: lengths[index], by: frames).map { (index: index, start: $0) }
    }
    var sums = lengths.map { _ in (logit: 0.0, count: 0.0) }
    for first in stride(from: 0, to: windows.count, by: size) {
      let part = Array(windows[first..<min(first + size, windows.count)])
      let pictures = Tensor.stacked(
        part.count * frames, part: [input.side, input.side, 3]
      ) { place, view in
        let window = part[place / frames]
        let image = picture(window.index, window.start + place % frames)
        PictureView(of: image, input).draw(image, input, into: &view)
      }
      for (window, logit) in zip(part, try score(pictures)) {
        sums[window.index].logit += logit
        sums[window.index].count += 1
      }
    }
    return sums.map { $0.logit / $0.count }
  }
}
