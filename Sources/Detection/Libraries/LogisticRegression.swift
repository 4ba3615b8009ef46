private import CSVM
public import Faces

/// Training of logistic regression: LIBLINEAR's L2R_LR, as scikit-learn's `liblinear` solver.
///
/// The intercept is an additional constant feature and is regularized like the others.
public struct LogisticRegression: Equatable, Sendable {
  /// The inverse regularization strength; scikit-learn's C.
  public var cost = 1.0
  /// True to weight both classes equally, regardless of their sizes.
  public var isBalanced = false

  /// scikit-learn's defaults.
  public init(cost: Double = 1, isBalanced: Bool = false) {
    precondition(cost > 0 && cost.isFinite, "a cost of \(cost)")
    (self.cost, self.isBalanced) = (cost, isBalanced)
  }

  /// Trains on samples; the same samples give the same model.
  public func model(
    of samples: FeatureMatrix, labels: [Label]
  ) throws(DetectionError) -> LinearModel {
    let balance = ClassBalance(of: labels)
    try Quiet.check(samples, balance, purpose: "Logistic regression")
    Quiet.libraries
    var nodes = LogisticRegression.nodes(samples)
    var truths = labels.map { $0 == .fake ? 1.0 : -1.0 }
    var names: [Int32] = [1, -1]
    var weights = isBalanced ? balance.weights : [1, 1]
    return try unsafe nodes.withUnsafeMutableBufferPointer {
      nodes throws(DetectionError) -> LinearModel in
      var rows = unsafe (0..<samples.rows).map { row in
        unsafe nodes.baseAddress.map { unsafe $0 + row * (samples.columns + 2) }
      }
      return try unsafe rows.withUnsafeMutableBufferPointer {
        rows throws(DetectionError) -> LinearModel in
        try unsafe truths.withUnsafeMutableBufferPointer {
          truths throws(DetectionError) -> LinearModel in
          try unsafe names.withUnsafeMutableBufferPointer {
            names throws(DetectionError) -> LinearModel in
            try unsafe weights.withUnsafeMutableBufferPointer {
              weights throws(DetectionError) -> LinearModel in
              var problem = unsafe problem(
                l: Int32(samples.rows), n: Int32(samples.columns + 1), y: truths.baseAddress,
                x: rows.baseAddress, bias: 1)
              var parameter = unsafe parameter(
                solver_type: Int32(L2R_LR), eps: 1e-4, C: cost, nr_weight: 2,
                weight_label: names.baseAddress, weight: weights.baseAddress, p: 0.1,
                init_sol: nil)
              return try unsafe TrainedRegression(&problem, &parameter).plain
            }
          }
        }
      }
    }
  }

  /// The samples in LIBLINEAR's format: features from 1, a constant 1, then a terminator.
  private static func nodes(_ samples: FeatureMatrix) -> [feature_node] {
    var nodes: [feature_node] = []
    nodes.reserveCapacity(samples.rows * (samples.columns + 2))
    for row in 0..<samples.rows {
      for (column, value) in samples[row].enumerated() {
        nodes.append(feature_node(index: Int32(column + 1), value: value))
      }
      nodes.append(feature_node(index: Int32(samples.columns + 1), value: 1))
      nodes.append(feature_node(index: -1, value: 0))
    }
    return nodes
  }
}

/// LIBLINEAR's model; owns the C handle.
@safe private struct TrainedRegression: ~Copyable {
  private let handle: UnsafeMutablePointer<model>

  init(
    _ problem: inout problem, _ parameter: inout parameter
  ) throws(DetectionError) {
    if let reason = unsafe check_parameter(&problem, &parameter) {
      throw .library(call: "LIBLINEAR", reason: unsafe String(cString: reason))
    }
    guard let handle = unsafe train(&problem, &parameter) else {
      throw .library(call: "LIBLINEAR", reason: "no model returned")
    }
    unsafe self.handle = handle
  }

  deinit {
    var handle: UnsafeMutablePointer<model>? = unsafe handle
    unsafe free_and_destroy_model(&handle)
  }

  /// The linear model, with fakes on the positive side.
  var plain: LinearModel {
    let model = unsafe handle.pointee
    // The positive side is that of the class that occurs first.
    let sign: Double = unsafe model.label[0] == 1 ? 1 : -1
    let features = Int(unsafe model.nr_feature)
    return LinearModel(
      weights: (0..<features).map { unsafe sign * model.w[$0] },
      intercept: unsafe sign * model.w[features])
  }
}

extension ClassBalance {
  /// The weights of fakes and reals for balanced classes; scikit-learn's `balanced`.
  var weights: [Double] { [fake, real].map { Double(count) / (2 * Double($0)) } }
}

/// A linear classifier of real and fake.
public struct LinearModel: Equatable, Sendable {
  /// By feature; float32 values, so that a checkpoint stores them exactly.
  public let weights: [Double]
  public let intercept: Double

  init(weights: [Double], intercept: Double) {
    self.weights = weights.map { Double(Float($0)) }
    self.intercept = Double(Float(intercept))
  }

  /// Above 0 for fake, one per sample.
  public func scores(of samples: FeatureMatrix) -> [Double] {
    precondition(samples.columns == weights.count, "\(samples.columns) features")
    return (0..<samples.rows).map { row in
      zip(samples[row], weights).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
  }
}
