public import Faces
public import Media

/// Tells fakes by their power spectrum: means and deviations, and a boundary that was learned.
///
/// Its scores are decision values, above 0 for fake; only calibration makes probabilities of them.
public struct SpectrumDetector: FrameDetector, Equatable {
  public var kind: DetectorKind { .spectrum }
  /// The feature.
  public let spectrum: PowerSpectrum
  /// The boundary and its hyper-parameters, in words.
  public let setting: String
  let standardizer: Standardizer
  /// Means and deviations of the reals that were learned from.
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

  /// Scores of spectra that `spectrum` made.
  public func scores(of spectra: FeatureMatrix) -> [Double] {
    boundary.scores(of: standardizer(spectra))
  }

  public func evidence(on clip: FaceClip) throws(DetectionError) -> DetectorEvidence? {
    .frequencies(try reasons(for: clip.frames[0].crop))
  }
}

extension DetectorKind {
  public static let spectrum = DetectorKind("spectrum")
}
