import Faces

/// The classifiers for spectra: four kinds of boundary between real and fake.
public enum SpectrumClassifier: Equatable, Sendable {
  case machine(SupportVectorMachine)
  case regression(LogisticRegression)

  /// The boundary trained on samples.
  func boundary(
    of samples: FeatureMatrix, labels: [Label]
  ) throws(DetectionError) -> SpectrumBoundary {
    switch self {
    case .machine(let machine): .machine(try machine.model(of: samples, labels: labels))
    case .regression(let regression): .plane(try regression.model(of: samples, labels: labels))
    }
  }

  /// A description.
  public var name: String {
    switch self {
    case .regression: "logistic regression"
    case .machine(let machine):
      switch machine.kernel {
      case .linear: "linear SVM"
      case .radial: "RBF SVM"
      case .polynomial: "polynomial SVM"
      }
    }
  }
}

/// A trained boundary between real and fake.
enum SpectrumBoundary: Equatable, Sendable {
  case machine(KernelModel)
  case plane(LinearModel)

  /// Above 0 for fake, one per sample.
  func scores(of samples: FeatureMatrix) -> [Double] {
    switch self {
    case .machine(let model): model.scores(of: samples)
    case .plane(let model): model.scores(of: samples)
    }
  }
}
