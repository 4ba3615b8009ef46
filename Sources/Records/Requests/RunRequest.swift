import Foundation

/// What a user asks of a workflow: a value that is recorded with the run, shown as a command line, and
/// can be carried out again.
///
/// Each option is described once, in `options`. The command's options, their help, the command line of a
/// report, the comparison with an earlier session and, for other front ends, forms are derived from it.
public protocol RunRequest: Codable, Equatable, Sendable {
  /// The command, such as `detect --retrain`.
  static var command: String { get }
  /// The first words of its command line; those of `command`, unless an option is part of it.
  static var commandWords: [String] { get }
  /// The options, in the order of the help.
  static var options: [RequestOption<Self>] { get }
  /// The option that names the output: `name` for a run or dataset, another one for a path.
  static var outputOption: String { get }
  /// Options that exclude or require each other; a sentence, or nil if all is well.
  var conflict: String? { get }
  /// Nothing is chosen: every option has its default.
  init()
}

extension RunRequest {
  public static var commandWords: [String] { command.split(separator: " ").map(String.init) }
  public static var outputOption: String { "name" }
  public var conflict: String? { nil }

  /// The request with some options, by name and words; others have their defaults.
  ///
  /// Words of unknown options are ignored: several requests may share a command line.
  public init(_ words: [String: [String]]) throws(RequestFault) {
    self.init()
    for option in Self.options {
      if let own = words[option.name] { try option.write(&self, own) }
    }
  }

  /// What is wrong with the request; a sentence, or nil if all is well.
  public var fault: String? {
    for option in Self.options {
      var copy = self
      do throws(RequestFault) {
        try option.write(&copy, option.read(self))
      } catch {
        return error.sentence
      }
    }
    return conflict
  }

  /// The command line without the program's name; options with their defaults are left out.
  public var line: [String] {
    let (values, named) = (
      Self.options.filter(\.form.isNameless), Self.options.filter { !$0.form.isNameless }
    )
    return Self.commandWords + (values + named).flatMap { $0.words(of: self) }
  }

  /// The first given option among some, as an error message calls it; nil if none is.
  public func given(among names: String...) -> String? {
    Self.options.first { names.contains($0.name) && !$0.words(of: self).isEmpty }.map {
      "--\($0.name)"
    }
  }

  /// The paths among its words.
  public var paths: [String] {
    Self.options.flatMap { option in
      option.isPath.map { option.read(self).filter($0) } ?? []
    }
  }

  /// The options that must be given, and are not.
  public var missing: [String] {
    Self.options.filter { option in
      option.description.isRequired && option.read(self).allSatisfy(\.isEmpty)
    }.map(\.name)
  }

  /// The command as a user types it.
  ///
  /// - Parameter threads: the number of threads that gives the same bits; nil if any does.
  public func shown(threads: Int? = nil) -> String {
    "dflab " + ShellWord.line(line + (threads.map { ["--threads", "\($0)"] } ?? []))
  }

  /// The options with their values, for a table; without those that are neither given nor have a
  /// default.
  ///
  /// - Parameter names: options to leave out.
  public func choices(except names: Set<String> = []) -> [SettingChoice] {
    Self.options.filter { !names.contains($0.name) && $0.name != "workspace" }.compactMap {
      option in
      let words = option.read(self)
      guard !words.isEmpty else { return nil }
      let text =
        option.description.kind == .truth
        ? (words == ["true"] ? "yes" : "no")
        : words.joined(separator: option.form == .commas ? "," : " ")
      return SettingChoice("--\(option.name)", text)
    }
  }

  /// The request with the values of an earlier session for what it leaves to the run.
  ///
  /// - Parameter names: options that are not kept.
  public func filled(from earlier: Self?, except names: Set<String> = []) -> Self {
    guard let earlier else { return self }
    var filled = self
    for option in Self.options where option.isOpen && !names.contains(option.name) {
      // An earlier session's words are valid.
      if option.read(self).isEmpty { try? option.write(&filled, option.read(earlier)) }
    }
    return filled
  }

  /// The request with another output.
  public func renamed(_ output: String) -> Self {
    var renamed = self
    let option = Self.options.first { $0.name == Self.outputOption }
    try? option?.write(&renamed, [output])
    return renamed
  }

  /// The request as it is recorded: paths are relative to the workspace, or from the root, so that it
  /// means the same in every folder.
  public func recorded(in workspace: Workspace) -> Self {
    var request = mapped { workspace.relative($0) }
    if let option = Self.options.first(where: { $0.name == "workspace" }) {
      try? option.write(&request, [])
    }
    return request
  }

  /// A recorded request with paths from the root.
  public func resolved(in workspace: Workspace) -> Self {
    var request = mapped { path in
      path.hasPrefix("/") || path.contains("://") ? path : "\(workspace.path)/\(path)"
    }
    if let option = Self.options.first(where: { $0.name == "workspace" }) {
      try? option.write(&request, [workspace.path])
    }
    return request
  }

  /// The request with other paths.
  private func mapped(_ change: (String) -> String) -> Self {
    var request = self
    for option in Self.options {
      guard let isPath = option.isPath else { continue }
      let words = option.read(self)
      try? option.write(&request, words.map { isPath($0) ? change($0) : $0 })
    }
    return request
  }
}

/// What is wrong with a request.
public struct RequestFault: Error, Equatable, CustomStringConvertible {
  /// A sentence.
  public let sentence: String
  public var description: String { sentence }

  public init(_ sentence: String) { self.sentence = sentence }
}
