private import CSVM

/// LIBSVM and LIBLINEAR print to the standard output, which belongs to the command's results.
enum Quiet {
  /// Silences both, once in a process.
  static let libraries: Void = {
    unsafe svm_set_print_string_function { _ in }
    unsafe set_print_string_function { _ in }
  }()

  /// A library learns from no more numbers: they take 16 bytes each.
  static let mostValues = 1 << 25

  /// Makes sure that samples can be learned from.
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
