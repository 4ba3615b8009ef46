private import CDNNL

/// Which oneDNN computes.
enum OneDNN {
  /// The version of the library that is loaded, as major and minor.
  static var version: (major: Int, minor: Int) { parts(dflab_dnnl_version()) }

  /// The version that the program was built for; its major number must be the library's.
  static var builtFor: (major: Int, minor: Int) { parts(dflab_dnnl_compiled_version()) }

  private static func parts(_ version: Int32) -> (Int, Int) {
    (Int(version) / 100, Int(version) % 100)
  }
}
