/// The words of a command, without the program's name.
enum CommandLineMerging {
  /// The command that asks for all that two sessions of a run have asked for; what both say is as in
  /// the later one.
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

  /// False for a number below 0, which is a value.
  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("--") || (word.hasPrefix("-") && word.dropFirst().first?.isLetter == true)
  }
}
