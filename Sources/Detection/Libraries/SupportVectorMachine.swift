private import CSVM
public import Faces

/// Training of a support vector machine: LIBSVM's C-SVC, as scikit-learn's `SVC`.
public struct SupportVectorMachine: Equatable, Sendable {
  public var kernel: Kernel
  /// The penalty of misclassified samples; scikit-learn's C.
  public var cost: Double
  /// True to weight both classes equally, regardless of their sizes.
  public var isBalanced: Bool

  public init(kernel: Kernel, cost: Double = 1, isBalanced: Bool = false) {
    precondition(cost > 0 && cost.isFinite, "a cost of \(cost)")
    (self.kernel, self.cost, self.isBalanced) = (kernel, cost, isBalanced)
  }

  /// The size of the kernel cache, in megabytes; scikit-learn's default.
  static let cacheMegabytes = 200.0

  /// Trains on samples; the same samples give the same model.
  public func model(
    of samples: FeatureMatrix, labels: [Label]
  ) throws(DetectionError) -> KernelModel {
    let balance = ClassBalance(of: labels)
    try Quiet.check(samples, balance, purpose: "A support vector machine")
    Quiet.libraries
    var nodes = SupportVectorMachine.nodes(samples)
    var truths = labels.map { $0 == .fake ? 1.0 : -1.0 }
    var names: [Int32] = [1, -1]
    var weights = isBalanced ? balance.weights : [1, 1]
    return try unsafe nodes.withUnsafeMutableBufferPointer {
      nodes throws(DetectionError) -> KernelModel in
      var rows = unsafe (0..<samples.rows).map { row in
        unsafe nodes.baseAddress.map { unsafe $0 + row * (samples.columns + 1) }
      }
      return try unsafe rows.withUnsafeMutableBufferPointer {
        rows throws(DetectionError) -> KernelModel in
        try unsafe truths.withUnsafeMutableBufferPointer {
          truths throws(DetectionError) -> KernelModel in
          try unsafe names.withUnsafeMutableBufferPointer {
            names throws(DetectionError) -> KernelModel in
            try unsafe weights.withUnsafeMutableBufferPointer {
              weights throws(DetectionError) -> KernelModel in
              var problem = unsafe svm_problem(
                l: Int32(samples.rows), y: truths.baseAddress, x: rows.baseAddress)
              var parameter = unsafe parameter(for: samples)
              unsafe parameter.nr_weight = 2
              unsafe parameter.weight_label = names.baseAddress
              unsafe parameter.weight = weights.baseAddress
              let trained = try unsafe TrainedMachine(&problem, &parameter)
              return trained.plain(kernel: kernel.resolved(for: samples), of: samples)
            }
          }
        }
      }
    }
  }

  private func parameter(for samples: FeatureMatrix) -> svm_parameter {
    var parameter = unsafe svm_parameter()
    unsafe parameter.svm_type = Int32(C_SVC)
    unsafe parameter.C = cost
    unsafe parameter.eps = 1e-3
    unsafe parameter.cache_size = SupportVectorMachine.cacheMegabytes
    unsafe parameter.shrinking = 1
    switch kernel {
    case .linear:
      unsafe parameter.kernel_type = Int32(LINEAR)
    case .radial(let gamma):
      unsafe parameter.kernel_type = Int32(RBF)
      unsafe parameter.gamma = gamma.resolved(for: samples)
    case .polynomial(let degree, let gamma, let coefficient):
      unsafe parameter.kernel_type = Int32(POLY)
      unsafe parameter.degree = Int32(degree)
      unsafe parameter.gamma = gamma.resolved(for: samples)
      unsafe parameter.coef0 = coefficient
    }
    return unsafe parameter
  }

  /// The samples in LIBSVM's format: features from 1, then a terminator.
  private static func nodes(_ samples: FeatureMatrix) -> [svm_node] {
    var nodes: [svm_node] = []
    nodes.reserveCapacity(samples.rows * (samples.columns + 1))
    for row in 0..<samples.rows {
      for (column, value) in samples[row].enumerated() {
        nodes.append(svm_node(index: Int32(column + 1), value: value))
      }
      nodes.append(svm_node(index: -1, value: 0))
    }
    return nodes
  }
}

/// LIBSVM's model; owns the C handle, which points into the samples' memory.
@safe private struct TrainedMachine: ~Copyable {
  private let handle: UnsafeMutablePointer<svm_model>

  init(
    _ problem: inout svm_problem, _ parameter: inout svm_parameter
  ) throws(DetectionError) {
    if let reason = unsafe svm_check_parameter(&problem, &parameter) {
      throw .library(call: "LIBSVM", reason: unsafe String(cString: reason))
    }
    guard let handle = unsafe svm_train(&problem, &parameter) else {
      throw .library(call: "LIBSVM", reason: "no model returned")
    }
    unsafe self.handle = handle
  }

  deinit {
    var handle: UnsafeMutablePointer<svm_model>? = unsafe handle
    unsafe svm_free_and_destroy_model(&handle)
  }

  /// 1 if fakes occur first and are on the positive side, −1 otherwise.
  private var sign: Double { unsafe handle.pointee.label[0] == 1 ? 1 : -1 }

  /// The machine without its handle.
  func plain(kernel: Kernel, of samples: FeatureMatrix) -> KernelModel {
    let model = unsafe handle.pointee
    let count = Int(unsafe model.l)
    let rows = (0..<count).map { Int(unsafe model.sv_indices[$0]) - 1 }
    return KernelModel(
      kernel: kernel, supportVectors: samples.selecting(rows),
      coefficients: (0..<count).map { number in
        unsafe sign * (model.sv_coef[0]?[number] ?? 0)
      },
      intercept: unsafe model.rho[0] * -sign)
  }
}

/// Silences LIBSVM and LIBLINEAR, which print to standard output.
enum Quiet {
  /// Silences both, once per process.
  static let libraries: Void = {
    unsafe svm_set_print_string_function { _ in }
    unsafe set_print_string_function { _ in }
  }()

  /// The maximum number of training values: they take 16 bytes each.
  static let mostValues = 1 << 25

  /// Validates training samples.
  static func check(
    _ samples: FeatureMatrix, _ balance: ClassBalance, purpose: String
  ) throws(DetectionError) {
    precondition(samples.rows == balance.count, "\(balance.count) labels of \(samples.rows)")
    if let missing = balance.missing { throw .oneClass(purpose: purpose, missing: missing) }
    guard samples.values.count <= mostValues else {
      throw .tooManyValues(rows: samples.rows, columns: samples.columns, most: mostValues)
    }
  }
}
