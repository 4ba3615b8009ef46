/// What a command line or a form needs to know of an option.
public struct OptionDescription: Equatable, Sendable {
  /// How an option is written.
  public enum Form: Equatable, Sendable {
    /// `--name VALUE`.
    case single
    /// `--name`.
    case flag
    /// `--name` or `--no-name`.
    case choice
    /// `--name VALUE VALUE`.
    case list
    /// `--name VALUE --name VALUE`.
    case repeated
    /// `--name VALUE,VALUE`.
    case commas
    /// `VALUE`, without a name.
    case argument
    /// `VALUE VALUE`, without a name.
    case arguments

    /// True for values without a name.
    var isNameless: Bool { self == .argument || self == .arguments }
  }

  /// What the words of an option are.
  public enum Kind: Equatable, Sendable {
    case text, truth
    /// A file, a folder, or either; with the extensions of a file.
    case file([String] = []), folder
    /// An integer, a number: the least and greatest value.
    case whole(least: Double?, greatest: Double?)
    case number(least: Double?, greatest: Double?)
    /// One of these words.
    case oneOf([String])

    var isPath: Bool {
      switch self {
      case .file, .folder: true
      default: false
      }
    }

    /// True for a number, which may start with a minus sign.
    public var isNumber: Bool {
      switch self {
      case .whole, .number: true
      default: false
      }
    }
  }

  /// The name, without dashes.
  public let name: String
  /// A noun phrase or an imperative, without a period; of an option without a definite default, it
  /// states what happens without it.
  public let help: String
  /// How it is written.
  public let form: Form
  /// What its words are.
  public let kind: Kind
  /// The heading it stands under; nil for none.
  public let section: String?
  /// Whether it must be given.
  public let isRequired: Bool
  /// The default, as words; empty if the run decides.
  public let usual: [String]
}
