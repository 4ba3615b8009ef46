import ArgumentParser

/// Help in one layout: hanging indents in lists, and one form of defaults.
///
/// ArgumentParser wraps a command's discussion without its indents and writes defaults in two
/// forms. So it is asked for lines that are not wrapped, and these are wrapped here.
struct HelpText {
  /// The width of help, the same on every terminal.
  static let columns = 80
  /// The column of the descriptions of options.
  private static let descriptionColumn = 26
  /// More columns than any line of help has.
  private static let unwrapped = 10_000
  private static let start = "OVERVIEW: "

  let text: String

  /// The help of a command.
  init(of command: any ParsableCommand.Type) {
    self.init(unwrapped: DFLab.helpMessage(for: command, columns: HelpText.unwrapped))
  }

  /// The message of an error that shows help, such as a request for it; nil for any other error.
  init?(of error: any Error) {
    let message = DFLab.fullMessage(for: error, columns: HelpText.unwrapped)
    guard message.hasPrefix(HelpText.start) || message.contains("\n" + HelpText.start) else {
      return nil
    }
    self.init(unwrapped: message)
  }

  /// Wraps every line, with the indent of its description.
  init(unwrapped: String) {
    let lines = unwrapped.split(separator: "\n", omittingEmptySubsequences: false)
    text = lines.map { HelpText.wrapped(HelpText.withOneDefault(String($0))) }
      .joined(separator: "\n")
  }

  /// `(default: train) (values: train, infer)` and `(default: 1)`, however they were written.
  private static func withOneDefault(_ line: String) -> String {
    line.replacing(#/\(values: ([^()]*); default: ([^()]*)\)/#) {
      "(default: \($0.output.2)) (values: \($0.output.1))"
    }.replacing(#/\(default: (\d+)\.0\)/#) { "(default: \($0.output.1))" }
  }

  /// A line as lines of at most `columns` characters; examples of commands stay whole.
  private static func wrapped(_ line: String) -> String {
    guard !line.hasPrefix("  dflab ") else { return line }
    let indent = indent(of: line)
    var (lines, rest) = ([String](), line)
    while rest.count > columns {
      let start = rest.index(rest.startIndex, offsetBy: indent)
      let end = rest.index(rest.startIndex, offsetBy: columns)
      let space = rest[start...end].lastIndex(of: " ") ?? rest[end...].firstIndex(of: " ")
      guard let space else { break }
      lines.append(String(rest[..<space]))
      rest = String(repeating: " ", count: indent) + rest[rest.index(after: space)...]
    }
    return (lines + [rest]).joined(separator: "\n")
  }

  /// The column at which the lines below continue: that of the description, if there is one.
  private static func indent(of line: String) -> Int {
    if line.hasPrefix("USAGE: ") { return "USAGE: ".count }
    let text = line.drop { $0 == " " }
    let margin = line.count - text.count
    guard margin == 2 else { return margin }
    if text.hasPrefix("-") || text.hasPrefix("<") { return descriptionColumn }
    guard let gap = text.firstRange(of: "  ") else { return margin }
    let column = line.count - text[gap.lowerBound...].drop { $0 == " " }.count
    return column < columns / 2 ? column : margin
  }
}
