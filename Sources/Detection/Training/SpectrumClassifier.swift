import Faces

/// What can be learned from spectra: four kinds of boundary between real and fake.
public enum SpectrumClassifier: Equatable, Sendable {
  case machine(SupportVectorMachine)
  case regression(LogisticRegression)

  /// The boundary that some samples teach.
  func boundary(
    of samples: FeatureMatrix, labels: [Label]
  ) throws(DetectionError) -> SpectrumBoundary {
    switch self {
    case .machine(let machine): .machine(try machine.model(of: samples, labels: labels))
    case .regression(let regression): .plane(try regression.model(of: samples, labels: labels))
    }
  }

  /// What it is, in words.
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

/// A learned boundary between real and fake.
enum SpectrumBoundary: Equatable, Sendable {
  case machine(KernelModel)
  case plane(LinearModel)

  /// Above 0 for fake, one number a sample.
  func scores(of samples: FeatureMatrix) -> [Double] {
    switch self {
    case .machine(let model): model.scores(of: samples)
    case .plane(let model): model.scores(of: samples)
    }
  }
}
