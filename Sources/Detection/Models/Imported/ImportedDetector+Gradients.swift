import Engine
import Media
import ONNX

extension ImportedDetector {
  /// The logits of pictures, and the gradient of the sum of a function of each.
  ///
  /// - Parameters:
  ///   - pictures: normalized, `[N, side, side, 3]`; the network looks at single frames.
  ///   - slope: the derivative of the function at a logit.
  /// - Throws: `unsupported` where an operator of the graph has no derivative.
  func gradient(
    at pictures: Tensor, slope: (_ logit: Double) -> Double
  ) throws(ONNXError) -> (logits: [Double], gradient: Tensor) {
    precondition(convention.frames == 1, "clips of \(convention.frames) frames")
    let size = convention.batch ?? ImportedDetector.batch
    var (logits, parts) = ([Double](), [Tensor]())
    for start in stride(from: 0, to: pictures.shape[0], by: size) {
      let own = pictures.samples(start..<min(start + size, pictures.shape[0]))
      let count = own.shape[0]
      let result = try session.gradient(
        [convention.input: ImportedDetector.value(of: own, convention)], of: convention.output,
        at: convention.input
      ) { output in
        let rows = rows(of: output)
        logits += rows.prefix(count).map { convention.logit(of: $0) }
        // Pictures that only fill the batch have no gradient.
        return rows.enumerated().flatMap { index, row in
          let factor = index < count ? slope(convention.logit(of: row)) : 0
          return convention.slopes(of: row).map { $0 * factor }
        }
      }
      let letters = Array(convention.layout.rawValue)
      let gradient = Value(result.gradient).arranged(
        "nhwc".compactMap { letters.firstIndex(of: $0) })
      parts.append(gradient.tensor.samples(0..<count))
    }
    return (logits, Tensor.joined(parts))
  }

  /// Grad-CAM of as many frames as the network looks at; nil for a graph without feature maps.
  ///
  /// - Parameter frames: 256×256.
  /// - Throws: `unsupported` where an operator behind the last map has no derivative.
  func gradCAM(on frames: [Image]) throws(ONNXError) -> GradCAM? {
    let pictures = NetworkDetector.pictures(frames, convention.view)
    let found = try session.lastMap(
      [convention.input: ImportedDetector.value(of: pictures, convention)], of: convention.output
    ) { output in
      rows(of: output).enumerated().flatMap { index, row in
        index == 0 ? convention.slopes(of: row) : row.map { _ in 0 }
      }
    }
    guard let found else { return nil }
    // Frames of a clip may have become pictures of their own.
    let batch = convention.batch ?? 1
    let count = found.map.shape[0] / batch
    func first(_ tensor: Tensor) -> Tensor {
      let own = tensor.samples(0..<max(1, count))
      return count > 1 ? own.reshaped(to: [1] + own.shape) : own
    }
    return GradCAM(
      map: first(found.map), gradient: first(found.gradient), share: convention.view.share)
  }

  /// The numbers of each picture or clip.
  private func rows(of output: Value) -> [ArraySlice<Double>] {
    let values = output.doubles
    return stride(from: 0, to: values.count, by: convention.outputs).map {
      values[$0..<$0 + convention.outputs]
    }
  }
}
