public import Engine
public import Faces

extension DetectorDefinition {
  /// The power spectrum, classified by a support vector machine.
  static let spectrum = DetectorDefinition(
    .spectrum,
    summary: """
      The azimuthally averaged power spectrum, classified by a support vector machine (Durall and \
      others, "Unmasking DeepFakes with simple Features", 2019).
      """, group: .frequency,
    load: { file throws(DetectionError) in try SpectrumDetector(file) },
    train: { context, _ in
      try context.report(.started(iteration: 0))
      try context.keep(SpectrumTraining(in: context).detector(learning: context.training))
    })
}

/// Training of a spectrum detector: the candidate classifiers, and the number of samples.
public struct SpectrumTraining: Sendable {
  /// The number of features of a spectrum; 180 is about one per ring of a 256×256 picture.
  public var features = 180
  /// The number of folds for model selection, if there are as many groups.
  public var folds = 4
  /// The maximum number of samples for model selection, drawn uniformly.
  public var mostChosenOn = 1500
  /// The maximum number of samples for training the selected classifier.
  public var mostLearned = 8000
  /// The random source of folds and draws.
  public var randomness = RandomSource(seed: 1)

  /// The defaults.
  public init() {}

  /// The defaults, with the seed of a run.
  init(in context: DetectorTraining) { randomness = RandomSource(seed: context.seed) }

  /// The result of one candidate.
  public struct Trial: Codable, Equatable, Sendable {
    /// A description of the candidate.
    public let setting: String
    /// The mean ROC AUC on held-out folds, per frame.
    public let auc: Double
  }

  /// A candidate classifier with its name.
  struct Setting: Sendable {
    let name: String
    let classifier: SpectrumClassifier
  }

  /// The candidates, simplest first: in case of ties the first one wins.
  static let settings: [Setting] = {
    let regressions = [0.1, 1, 10].map { cost in
      Setting(
        name: "logistic regression, C \(cost)",
        classifier: .regression(LogisticRegression(cost: cost, isBalanced: true)))
    }
    func machine(_ name: String, _ kernel: Kernel, _ cost: Double) -> Setting {
      Setting(
        name: "\(name), C \(cost)",
        classifier: .machine(SupportVectorMachine(kernel: kernel, cost: cost, isBalanced: true)))
    }
    var settings = regressions
    for cost in [0.01, 0.1, 1] { settings.append(machine("linear SVM", .linear, cost)) }
    for cost in [1.0, 10, 100] {
      for factor in [0.25, 1, 4] {
        settings.append(
          machine("RBF SVM, gamma \(factor) of scale", .radial(gamma: .scale(factor)), cost))
      }
    }
    for cost in [0.1, 1] {
      settings.append(
        machine("cubic SVM", .polynomial(degree: 3, gamma: .scale(), coefficient: 1), cost))
    }
    return settings
  }()

  /// Learns from the frames of clips, which are decoded one at a time.
  func detector(learning clips: LabeledClips) throws(DetectionError) -> SpectrumDetector {
    let spectrum = PowerSpectrum(features: features)
    let results = ThreadPool.map(clips.faces.count) { index in
      Result { () throws(DetectionError) in try spectrum(clips.faces[index]) }
    }
    var rows: [[Double]] = []
    for result in results { rows.append(try result.get()) }
    return try detector(
      learning: FeatureMatrix(rows: rows), labels: clips.faces.labels,
      groups: clips.byFrame(clips.groups)
    ).detector
  }

  /// Trains on spectra computed by `PowerSpectrum(features:)`, so that pictures need not be in
  /// memory at once.
  ///
  /// - Parameters:
  ///   - groups: the group of each picture, which must not be in both training and test: a name for
  ///     each connected component of identities and clips.
  /// - Returns: the detector, and the results of all candidates.
  public func detector(
    learning spectra: FeatureMatrix, labels: [Label], groups: [String]
  ) throws(DetectionError) -> (detector: SpectrumDetector, trials: [Trial]) {
    precondition(spectra.columns == features, "spectra of \(spectra.columns) features")
    precondition(spectra.rows == labels.count && groups.count == labels.count, "\(labels.count)")
    let chosenOn = drawn(mostChosenOn, of: labels.count, key: 1)
    let trials = try trials(
      spectra.selecting(chosenOn), chosenOn.map { labels[$0] }, chosenOn.map { groups[$0] })
    let best = trials.indices.max { (trials[$0].auc, $1) < (trials[$1].auc, $0) } ?? 0

    let learned = drawn(mostLearned, of: labels.count, key: 2)
    let (samples, truths) = (spectra.selecting(learned), learned.map { labels[$0] })
    let standardizer = Standardizer(of: samples)
    let boundary = try SpectrumTraining.settings[best].classifier.boundary(
      of: standardizer(samples), labels: truths)
    let reals = Standardizer(of: samples.selecting(truths.indices.filter { truths[$0] == .real }))
    let detector = SpectrumDetector(
      spectrum: PowerSpectrum(features: features), setting: trials[best].setting,
      standardizer: standardizer, reals: reals, boundary: boundary)
    return (detector, trials)
  }

  /// All samples, or a random subset of the maximum size, in order.
  private func drawn(_ most: Int, of count: Int, key: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    var chance = randomness.split(key)
    return (0..<count).shuffled(using: &chance).prefix(most).sorted()
  }

  /// What each setting gets on held-out groups; settings are spread over the thread pool.
  private func trials(
    _ samples: FeatureMatrix, _ labels: [Label], _ groups: [String]
  ) throws(DetectionError) -> [Trial] {
    let division = try Folds(
      of: labels, groups: groups, count: foldCount(labels, groups), randomness: randomness.split(3))
    let results = ThreadPool.map(SpectrumTraining.settings.count) { index in
      let setting = SpectrumTraining.settings[index]
      return Result { () throws(DetectionError) in
        try CrossValidation.areas(
          of: setting.classifier, on: samples, labels: labels, division: division)
      }
    }
    var trials: [Trial] = []
    for (setting, result) in zip(SpectrumTraining.settings, results) {
      let areas = try result.get()
      let auc = areas.isEmpty ? 0.5 : areas.reduce(0, +) / Double(areas.count)
      trials.append(Trial(setting: setting.name, auc: auc))
    }
    return trials
  }

  /// The requested number of folds, or the number of groups of the scarcer class, but at least two.
  private func foldCount(_ labels: [Label], _ groups: [String]) -> Int {
    let counts = Label.allCases.map { label in
      Set(labels.indices.filter { labels[$0] == label }.map { groups[$0] }).count
    }
    return max(2, min(folds, counts.min() ?? 0))
  }
}
