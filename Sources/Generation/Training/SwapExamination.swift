import Engine
import Faces

/// The held-out faces on which a model is judged: unwarped crops, at most 63 of each side.
struct SwapExamination {
  /// `[N, 64, 64, 3]`, 0…1.
  let a, b: Tensor
  private let batch: Int
  private let precision: Precision

  init(a: SwapFaces, b: SwapFaces, _ settings: SwapSettings) {
    self.a = Crop.faces(of: a.heldOutSample(32))
    self.b = Crop.faces(of: b.heldOutSample(32))
    batch = settings.batch
    precision = settings.precision
  }

  /// How well `model` reconstructs the faces.
  func figures(of model: SwapModel) -> SwapQuality {
    let a = ImageQuality(of: reconstructed(self.a, by: model, .a), against: self.a)
    let b = ImageQuality(of: reconstructed(self.b, by: model, .b), against: self.b)
    return SwapQuality(ssimA: a.ssim, ssimB: b.ssim, psnrA: a.psnr, psnrB: b.psnr)
  }

  private func reconstructed(_ faces: Tensor, by model: SwapModel, _ side: Side) -> Tensor {
    let count = faces.shape[0]
    return Tensor.joined(
      stride(from: 0, to: count, by: batch).map { first in
        let part = faces.samples(first..<min(first + batch, count)).converted(to: precision)
        return model.swap(part, to: side).converted(to: .float32)
      })
  }
}
