/// Merges command lines, without the program's name.
enum CommandLineMerging {
  /// The command with the options of both sessions of a run; the later one takes precedence.
  static func joined(_ earlier: [String], _ later: [String]) -> [String] {
    let (old, new) = (options(of: earlier), options(of: later))
    let kept = old.filter { option in !new.contains { $0.name == option.name } }
    return later.prefix { !isOption($0) } + (kept + new).flatMap(\.words)
  }

  /// Each option with its values, in order.
  private static func options(of words: [String]) -> [(name: Substring, words: [String])] {
    words.reduce(into: []) { options, word in
      if isOption(word) {
        options.append((word.prefix { $0 != "=" }, [word]))
      } else if !options.isEmpty {
        options[options.count - 1].words.append(word)
      }
    }
  }

  /// False for a negative number, which is a value.
  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("--") || (word.hasPrefix("-") && word.dropFirst().first?.isLetter == true)
  }
}
