private import CDNNL

/// The version of oneDNN.
enum OneDNN {
  /// The version of the loaded library, as major and minor.
  static var version: (major: Int, minor: Int) { parts(dflab_dnnl_version()) }

  /// The version that the program was built for; the major numbers must agree.
  static var builtFor: (major: Int, minor: Int) { parts(dflab_dnnl_compiled_version()) }

  private static func parts(_ version: Int32) -> (Int, Int) {
    (Int(version) / 100, Int(version) % 100)
  }
}
