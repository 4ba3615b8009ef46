import Engine
import Faces
import Testing

@testable import Detection

/// What `Golden/classifiers.py` had scikit-learn decide.
private struct Decisions: Decodable {
  let labels: [Label]
  let samples, probes: [[Double]]
  let decisions: [String: [Double]]
}

@Suite struct ClassifierTests {
  private let classifiers: [String: SpectrumClassifier] = [
    "linear": .machine(SupportVectorMachine(kernel: .linear, cost: 0.8)),
    "radial": .machine(SupportVectorMachine(kernel: .radial(gamma: .value(0.86)), cost: 6.37)),
    "radial_scale": .machine(SupportVectorMachine(kernel: .radial(gamma: .scale()))),
    "polynomial": .machine(
      SupportVectorMachine(
        kernel: .polynomial(degree: 3, gamma: .scale(), coefficient: 0.5), cost: 2)),
    "balanced": .machine(
      SupportVectorMachine(kernel: .radial(gamma: .value(0.3)), isBalanced: true)),
    "logistic": .regression(LogisticRegression()),
    "logistic_balanced": .regression(LogisticRegression(cost: 3, isBalanced: true)),
  ]

  @Test func decisionsAreScikitLearns() throws {
    let expected: Decisions = try golden("classifiers")
    let samples = FeatureMatrix(rows: expected.samples)
    for (name, values) in expected.decisions {
      let classifier = try #require(classifiers[name])
      let boundary = try classifier.boundary(of: samples, labels: expected.labels)
      let ours = boundary.scores(of: FeatureMatrix(rows: expected.probes))
      // Both stop when they are near enough: 1e-3 for LIBSVM, and LIBLINEAR's versions differ a little.
      let tolerance = name.hasPrefix("logistic") ? 1e-2 : 3e-3
      for (value, score) in zip(values, ours) {
        #expect(abs(value - score) < tolerance, "\(name): \(score), not \(value)")
      }
    }
  }

  @Test func theFirstSamplesClassDoesNotTurnTheSign() throws {
    let samples = FeatureMatrix(rows: [[-1], [-2], [1], [2]])
    let labels: [Label] = [.real, .real, .fake, .fake]
    let turned = samples.selecting([3, 2, 1, 0])
    for classifier in classifiers.values {
      let one = try classifier.boundary(of: samples, labels: labels).scores(of: samples)
      let other = try classifier.boundary(of: turned, labels: labels.reversed())
        .scores(of: samples)
      #expect(one[3] > one[0] && other[3] > other[0])
    }
  }

  @Test func severalLearnAtOnce() throws {
    let expected: Decisions = try golden("classifiers")
    let samples = FeatureMatrix(rows: expected.samples)
    let machine = SupportVectorMachine(kernel: .radial(gamma: .scale()))
    let alone = try machine.model(of: samples, labels: expected.labels)
    let models = ThreadPool.with(threads: 4) {
      ThreadPool.map(16) { _ in try? machine.model(of: samples, labels: expected.labels) }
    }
    for model in models { #expect(model == alone) }
  }

  @Test func oneClassTeachesNothing() {
    let samples = FeatureMatrix(rows: [[1], [2]])
    #expect(
      throws: DetectionError.oneClass(purpose: "A support vector machine", missing: "real")
    ) {
      _ = try SupportVectorMachine(kernel: .linear).model(of: samples, labels: [.fake, .fake])
    }
    #expect(throws: DetectionError.oneClass(purpose: "Logistic regression", missing: "fake")) {
      _ = try LogisticRegression().model(of: samples, labels: [.real, .real])
    }
  }
}
