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
}
