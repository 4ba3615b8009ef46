import Foundation

/// Names of files from elsewhere.
public enum FileName {
  /// A name without folders, with the characters of run names, and a plain extension.
  public static func tamed(_ name: String) -> String {
    let last = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
    let stem = RunName.tamed((last as NSString).deletingPathExtension[...])
    let ending = (last as NSString).pathExtension.lowercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber)
    }.prefix(8)
    return ending.isEmpty ? stem : "\(stem).\(ending)"
  }
}
