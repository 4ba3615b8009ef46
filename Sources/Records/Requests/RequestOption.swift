/// An option of a request: how it is called, what it takes, and where the request keeps it.
public struct RequestOption<Request: RunRequest>: Sendable {
  /// What is said of it to the user.
  public let description: OptionDescription
  /// Its value as words; empty if the request leaves it to the run.
  let read: @Sendable (Request) -> [String]
  /// Sets it from words; none mean what the request says without it.
  let write: @Sendable (inout Request, [String]) throws(RequestFault) -> Void
  /// Which of its words are paths; nil if none is.
  var isPath: (@Sendable (String) -> Bool)?
  /// Whether the request can leave it to the run.
  var isOpen: Bool

  var name: String { description.name }
  var form: OptionDescription.Form { description.form }

  /// An option with a representation of its own.
  ///
  /// - Parameters:
  ///   - form: how it is written.
  ///   - kind: what its words are.
  ///   - isOpen: whether the request can leave it to the run.
  public init(
    _ name: String, _ help: String, form: OptionDescription.Form,
    kind: OptionDescription.Kind = .text,
    section: String? = nil, isRequired: Bool = false, isOpen: Bool = true,
    read: @escaping @Sendable (Request) -> [String],
    write: @escaping @Sendable (inout Request, [String]) throws(RequestFault) -> Void
  ) {
    description = OptionDescription(
      name: name, help: help, form: form, kind: kind, section: section, isRequired: isRequired,
      usual: isRequired ? [] : read(Request()))
    (self.read, self.write, self.isOpen) = (read, write, isOpen)
    if kind.isPath { isPath = { _ in true } }
  }

  /// The option as words of a command line; none if it has its default.
  func words(of request: Request) -> [String] {
    let values = read(request)
    guard values != description.usual, !values.isEmpty else { return [] }
    switch form {
    case .argument, .arguments: return values
    case .flag, .choice: return [values == ["true"] ? "--\(name)" : "--no-\(name)"]
    case .list: return ["--\(name)"] + values
    case .repeated: return values.flatMap { ["--\(name)", $0] }
    case .commas: return ["--\(name)", values.joined(separator: ",")]
    case .single:
      // Numbers are taken as they are; other words must not look like options.
      return values[0].hasPrefix("-") && !description.kind.isNumber
        ? ["--\(name)=\(values[0])"] : ["--\(name)", values[0]]
    }
  }

  /// The same option, whose words are paths only where `isPath` says so.
  public func path(where isPath: @escaping @Sendable (String) -> Bool) -> RequestOption {
    var option = self
    option.isPath = isPath
    return option
  }
}

extension RequestOption {
  /// An option that the request can leave to the run; its help states the default.
  ///
  /// - Parameter limit: which values are valid.
  public init<Value: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<Request, Value?> & Sendable, _ help: String,
    _ limit: OptionLimit<Value> = .any, kind: OptionDescription.Kind? = nil, section: String? = nil
  ) {
    self.init(
      name, help, form: .single,
      kind: kind ?? Value.kind(least: limit.least, greatest: limit.greatest), section: section,
      read: { $0[keyPath: path].map { [$0.word] } ?? [] },
      write: { request, words throws(RequestFault) in
        request[keyPath: path] = try words.last.map { word throws(RequestFault) in
          try Value.value(word, of: "--\(name)", limit)
        }
      })
  }

  /// An option with a default, or one that must be given.
  public init<Value: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<Request, Value> & Sendable, _ help: String,
    _ limit: OptionLimit<Value> = .any, form: OptionDescription.Form = .single,
    kind: OptionDescription.Kind? = nil, section: String? = nil, isRequired: Bool = false
  ) {
    self.init(
      name, help, form: form,
      kind: kind ?? Value.kind(least: limit.least, greatest: limit.greatest), section: section,
      isRequired: isRequired, isOpen: false, read: { [$0[keyPath: path].word] },
      write: { request, words throws(RequestFault) in
        guard let word = words.last else {
          return request[keyPath: path] = Request()[keyPath: path]
        }
        request[keyPath: path] = try Value.value(word, of: "--\(name)", limit)
      })
  }

  /// An option that is on or off; one that is on by default is turned off by `--no-NAME`.
  public init(
    _ name: String, _ path: any WritableKeyPath<Request, Bool> & Sendable, _ help: String,
    section: String? = nil
  ) {
    self.init(
      name, help, form: Request()[keyPath: path] ? .choice : .flag, kind: .truth, section: section,
      isOpen: false, read: { ["\($0[keyPath: path])"] },
      write: { request, words throws(RequestFault) in
        request[keyPath: path] = words.last.map { $0 == "true" } ?? Request()[keyPath: path]
      })
  }

  /// An option that is on, off, or left to the run.
  public init(
    _ name: String, _ path: any WritableKeyPath<Request, Bool?> & Sendable, _ help: String,
    section: String? = nil
  ) {
    self.init(
      name, help, form: .choice, kind: .truth, section: section,
      read: { $0[keyPath: path].map { ["\($0)"] } ?? [] },
      write: { request, words throws(RequestFault) in
        request[keyPath: path] = words.last.map { $0 == "true" }
      })
  }

  /// An option with several values.
  public init<Value: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<Request, [Value]> & Sendable, _ help: String,
    form: OptionDescription.Form, kind: OptionDescription.Kind? = nil, section: String? = nil,
    isRequired: Bool = false
  ) {
    self.init(
      name, help, form: form, kind: kind ?? Value.kind(least: nil, greatest: nil), section: section,
      isRequired: isRequired, read: { $0[keyPath: path].map(\.word) },
      write: { request, words throws(RequestFault) in
        request[keyPath: path] = try words.map { word throws(RequestFault) in
          try Value.value(word, of: "--\(name)", .any)
        }
      })
  }
}
