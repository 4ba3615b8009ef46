import ArgumentParser
import Foundation
import Records

/// Descriptions of options, as a type: ArgumentParser asks types for their options.
protocol OptionSource {
  static var descriptions: [OptionDescription] { get }
}

/// The options of a request that stand under no heading of their own.
enum PlainOptions<Request: RunRequest>: OptionSource {
  static var descriptions: [OptionDescription] {
    Request.options.map(\.description).filter { $0.section == nil }
  }
}

/// The options of a request that stand under a heading.
enum TitledOptions<Request: RunRequest>: OptionSource {
  static var descriptions: [OptionDescription] {
    Request.options.map(\.description).filter { $0.section != nil }
  }
}

typealias RequestOptions<Request: RunRequest> = DescribedOptions<PlainOptions<Request>>
typealias RequestSection<Request: RunRequest> = DescribedOptions<TitledOptions<Request>>

/// Options of a command that are made from descriptions, not declared one by one.
///
/// ArgumentParser finds the options of a type by reflection, and reads them by decoding; both are
/// provided here from the descriptions.
struct DescribedOptions<Source: OptionSource>: ParsableArguments, CustomReflectable {
  /// The words of the given options, by name.
  private(set) var words: [String: [String]] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: OptionKey.self)
    for option in Source.descriptions { words[option.name] = try option.words(in: values) }
  }

  var customMirror: Mirror {
    Mirror(self, children: Source.descriptions.map { (label: $0.name, value: $0.argument) })
  }
}

extension RunRequest {
  /// The request of some options; an error message for words that are not valid.
  init(parsed words: [String: [String]]...) throws {
    do throws(RequestFault) {
      try self.init(words.reduce(into: [:]) { $0.merge($1) { $1 } })
    } catch {
      throw ValidationError(error.sentence)
    }
    if let conflict { throw ValidationError(conflict) }
  }
}

/// The name of an option, as a key.
private struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension OptionDescription {
  /// The option for ArgumentParser.
  fileprivate var argument: Any {
    let name = NameSpecification.customLong(name)
    switch form {
    case .flag: return Flag<Bool>(wrappedValue: false, name: name, help: explained)
    case .choice:
      guard let usual = usual.first else {
        return Flag<Bool?>(name: name, inversion: .prefixedNo, help: explained)
      }
      return Flag<Bool>(
        wrappedValue: usual == "true", name: name, inversion: .prefixedNo, help: explained)
    case .argument: return Argument<String>(help: explained, completion: completion)
    case .arguments:
      if isRequired { return Argument<[String]>(help: explained, completion: completion) }
      return Argument<[String]>(wrappedValue: [], help: explained, completion: completion)
    case .list, .repeated:
      let parsing = form == .list ? ArrayParsingStrategy.upToNextOption : .singleValue
      return Option<[String]>(
        wrappedValue: [], name: name, parsing: parsing, help: explained, completion: completion)
    case .single, .commas:
      let parsing = kind.isNumber ? SingleValueParsingStrategy.unconditional : .next
      if isRequired {
        return Option<String>(name: name, parsing: parsing, help: explained, completion: completion)
      }
      return Option<String?>(name: name, parsing: parsing, help: explained, completion: completion)
    }
  }

  /// The words of the option; nil if it is not given.
  fileprivate func words(in values: KeyedDecodingContainer<OptionKey>) throws -> [String]? {
    let key = OptionKey(stringValue: name)
    switch form {
    case .flag: return try values.decode(Flag<Bool>.self, forKey: key).wrappedValue ? ["true"] : nil
    case .choice:
      guard usual.isEmpty else {
        return ["\(try values.decode(Flag<Bool>.self, forKey: key).wrappedValue)"]
      }
      return try values.decode(Flag<Bool?>.self, forKey: key).wrappedValue.map { ["\($0)"] }
    case .argument: return [try values.decode(Argument<String>.self, forKey: key).wrappedValue]
    case .arguments:
      let words = try values.decode(Argument<[String]>.self, forKey: key).wrappedValue
      return words.isEmpty ? nil : words
    case .list, .repeated:
      let words = try values.decode(Option<[String]>.self, forKey: key).wrappedValue
      return words.isEmpty ? nil : words
    case .single, .commas:
      let word: String? =
        if isRequired {
          try values.decode(Option<String>.self, forKey: key).wrappedValue
        } else {
          try values.decode(Option<String?>.self, forKey: key).wrappedValue
        }
      return word.map { form == .single ? [$0] : OptionDescription.parts(of: $0) }
    }
  }

  /// The words between commas, without spaces around them.
  private static func parts(of word: String) -> [String] {
    word.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
  }

  /// The help, with the words that are valid and the default.
  private var explained: ArgumentHelp {
    var notes: [String] = []
    if case .oneOf(let words) = kind { notes.append("values: \(words.joined(separator: ", "))") }
    if form == .single, let usual = usual.first, !usual.isEmpty {
      notes.append("default: \(usual)")
    }
    let help = notes.isEmpty ? self.help : "\(self.help) (\(notes.joined(separator: "; ")))"
    guard case .file(let extensions) = kind, let only = extensions.first else {
      return ArgumentHelp(help)
    }
    return ArgumentHelp(help, valueName: "file.\(only)")
  }

  private var completion: CompletionKind? {
    switch kind {
    case .file(let extensions): .file(extensions: extensions)
    case .folder: .directory
    case .oneOf(let words): .list(words)
    case .text, .truth, .whole, .number: nil
    }
  }
}
