/// A setting of a run, as the option that sets it with its value.
public struct SettingChoice: Equatable, Sendable {
  /// The option with its dashes, or a phrase for what no option sets.
  public let option: String
  /// The value as text.
  public let value: String

  public init(_ option: String, _ value: String) { (self.option, self.value) = (option, value) }
}

/// A setting in which a folder or run differs from what is asked for.
public struct SettingDifference: Equatable, Sendable {
  public let option, has, asked: String

  /// Why the folder cannot be used, for the middle of a sentence.
  public var reason: String { "it was created with \(option) \(has), not \(asked)" }
}

extension [SettingChoice] {
  /// The first setting in which a resumed run would differ from its start; nil if there is none.
  ///
  /// - Parameter asked: the settings asked for, which may lack some of these.
  public func difference(to asked: [SettingChoice]) -> SettingDifference? {
    let values = Dictionary(asked.map { ($0.option, $0.value) }, uniquingKeysWith: { $1 })
    for own in self {
      let other = values[own.option] ?? "none"
      if other != own.value {
        return SettingDifference(option: own.option, has: own.value, asked: other)
      }
    }
    let known = Set(map(\.option))
    return asked.first { !known.contains($0.option) && $0.value != "none" }.map {
      SettingDifference(option: $0.option, has: "none", asked: $0.value)
    }
  }

  /// Throws if a run would be resumed with other settings than it was started with.
  public func requireSame(_ asked: [SettingChoice], run: String) throws(RecordsError) {
    guard let found = difference(to: asked) else { return }
    throw .differentSetting(run: run, setting: found.option, has: found.has, asked: found.asked)
  }

  /// The settings by option.
  public var values: [String: String] {
    Dictionary(map { ($0.option, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// The settings as a table of a report.
  public var table: ReportTable {
    ReportTable(["setting", "value"], map { [$0.option, $0.value] })
  }
}
