/// Words of a command, as a shell takes them.
public enum ShellWord {
  /// A path or a name, quoted where it must be.
  public static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "/-_.,=+:".contains($0) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// All words of a command.
  public static func line(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }
}
