import Foundation

/// What is known of the people of a labeled dataset: its file `people.csv`.
///
/// The first line names the columns: `identity`, and one for each attribute, such as `skin_tone`. Each
/// other line is a person, named as in the manifest; an empty value is unknown. The file is untrusted
/// input: its size, and the numbers of attributes and of their values, are bounded.
public struct PeopleTable: Equatable, Sendable {
  /// The file's name in the dataset's folder.
  public static let name = "people.csv"
  /// The most different values of an attribute.
  static let mostValues = 24
  private static let mostAttributes = 16
  private static let mostBytes = 64 << 20

  /// The attributes, in the order of the columns.
  public let attributes: [String]
  /// The values of each person, in the order of `attributes`; an empty text is unknown.
  private let values: [String: [String]]

  /// The table of a dataset's folder; nil where it has none.
  public init?(of folder: String) throws(FacesError) {
    let path = "\(folder)/\(PeopleTable.name)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard size ?? 0 <= PeopleTable.mostBytes else {
      throw .badPeople(path: path, reason: "it is larger than 64 MB")
    }
    do {
      self = try PeopleTable(parsing: try Data(contentsOf: URL(filePath: path)), at: path)
    } catch let error as FacesError {
      throw error
    } catch {
      throw .badPeople(path: path, reason: (error as NSError).plainReason)
    }
  }

  /// The people of rendered faces: their skin tone and apparent age, which their parameters give.
  ///
  /// - Parameter people: the parameters of each, by name.
  public init(rendered people: [String: Identity]) {
    attributes = ["skin_tone", "apparent_age"]
    values = people.mapValues { person in
      [
        PeopleTable.third(person.skinMelanin, ["light", "medium", "dark"]),
        PeopleTable.third(person.age, ["20 to 36", "37 to 53", "54 to 70"]),
      ]
    }
  }

  private init(parsing data: Data, at path: String) throws(FacesError) {
    let table = CSVTable(parsing: data)
    guard let own = table.column("identity") else {
      throw .badPeople(path: path, reason: "its first line must name the column 'identity'")
    }
    let columns = table.columns.indices.filter { $0 != own }
    guard !columns.isEmpty, columns.count <= PeopleTable.mostAttributes else {
      throw .badPeople(
        path: path,
        reason:
          "it has \(columns.count) columns beside 'identity', and 1 to \(PeopleTable.mostAttributes) "
          + "are possible")
    }
    var values: [String: [String]] = [:]
    for (number, row) in table.rows.enumerated() {
      guard !row[own].isEmpty, values[row[own]] == nil else {
        throw .badPeople(
          path: path,
          reason: "record \(number + 1) "
            + (row[own].isEmpty ? "lacks an identity" : "names '\(row[own])' a second time"))
      }
      values[row[own]] = columns.map { row[$0] }
    }
    for (place, column) in columns.enumerated() {
      let count = Set(values.values.map { $0[place] }).count
      guard count <= PeopleTable.mostValues + 1 else {
        throw .badPeople(
          path: path,
          reason:
            "column '\(table.columns[column])' has \(count) different values, and at most "
            + "\(PeopleTable.mostValues) are possible: write ranges instead of numbers")
      }
    }
    attributes = columns.map { table.columns[$0] }
    self.values = values
  }

  /// The value of an attribute of a person; nil where it is unknown.
  public subscript(identity: String, attribute: String) -> String? {
    guard let place = attributes.firstIndex(of: attribute), let value = values[identity]?[place],
      !value.isEmpty
    else { return nil }
    return value
  }

  /// Whether nothing is known of anyone.
  public var isEmpty: Bool { values.isEmpty }

  /// The file's text, with the people in the order of their names.
  public var text: String {
    let lines = values.sorted { $0.key < $1.key }.map { [$0.key] + $0.value }
    return ([["identity"] + attributes] + lines)
      .map { $0.map(PeopleTable.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ value: String) -> String {
    guard value.contains(where: { ",\"\n\r".contains($0) }) else { return value }
    return "\"\(value.replacingOccurrences(of: "\"", with: "\"\""))\""
  }

  /// The name of the third of 0…1 that holds a value.
  private static func third(_ value: Float, _ names: [String]) -> String {
    names[min(2, max(0, Int(value * 3)))]
  }
}
