public import Faces
public import Media

/// A detector based on the power spectrum: standardization and a trained boundary.
///
/// Its scores are decision values, above 0 for fake; only calibration turns them into
/// probabilities.
public struct SpectrumDetector: FrameDetector, Equatable {
  public var kind: DetectorKind { .spectrum }
  /// The feature.
  public let spectrum: PowerSpectrum
  /// A description of the boundary and its hyperparameters.
  public let setting: String
  let standardizer: Standardizer
  /// Mean and standard deviation of the real training samples.
  let reals: Standardizer
  let boundary: SpectrumBoundary

  public func logits(of faces: [Image]) -> [Double] {
    guard !faces.isEmpty else { return [] }
    do {
      return scores(of: try spectrum(faces))
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// Scores of spectra computed by `spectrum`.
  public func scores(of spectra: FeatureMatrix) -> [Double] {
    boundary.scores(of: standardizer(spectra))
  }

  public func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] {
    [.frequencies(try reasons(for: clip.frames[0].crop))]
  }
}

extension DetectorKind {
  public static let spectrum = DetectorKind("spectrum")
}
