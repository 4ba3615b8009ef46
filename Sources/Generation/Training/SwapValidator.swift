import Engine
import Faces

/// The held-out faces for validation: unwarped crops, at most 63 per side.
struct SwapValidator {
  /// `[N, side, side, 3]`, 0…1.
  let a, b: Tensor
  private let batch: Int
  private let precision: Precision

  init(a: SwapFaces, b: SwapFaces, _ settings: SwapSettings) {
    self.a = Crop.faces(of: a.evaluated, side: settings.side)
    self.b = Crop.faces(of: b.evaluated, side: settings.side)
    batch = settings.batch
    precision = settings.precision
  }

  /// The mean reconstruction metrics of `model`.
  func metrics(of model: SwapModel) -> SwapQuality {
    let (a, b) = (quality(of: model, .a), quality(of: model, .b))
    return SwapQuality(
      ssimA: a.ssim, ssimB: b.ssim, psnrA: a.psnr, psnrB: b.psnr, sharpnessA: a.sharpness,
      sharpnessB: b.sharpness)
  }

  /// The reconstruction metrics of `model` for each face of one side.
  func quality(of model: SwapModel, _ side: Side) -> ImageQuality {
    let faces = side == .a ? a : b
    return ImageQuality(of: reconstructed(faces, by: model, side), against: faces)
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
