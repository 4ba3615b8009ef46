import Faces
import Foundation
import GRDB

/// A picture of a face set or labeled dataset, or the first picture of a clip, in the registry.
public struct ListedPicture: Encodable, Equatable, Sendable {
  /// The folder of face sets, or the labeled dataset, below the workspace.
  let dataset: String
  /// Its place in the dataset, from 0.
  public let number: Int
  /// The picture, below the dataset's folder.
  public let path: String
  /// `fake` or `real`; nil in a face set.
  public let label: String?
  /// The split; nil in a face set.
  public let split: String?
  /// The forgery method, or `real`; nil in a face set.
  public let method: String?
  /// The identity; of a forgery, that of the original picture and the inserted one.
  public let person: String
  /// How sharp it is, as the manifest has it; nil if it does not.
  public let sharpness: Double?
  /// The number of frames; 1 for a picture.
  public let frames: Int
  /// The manifest's line as JSON; empty without one.
  public let record: String
}

/// Which pictures of a dataset to list.
public struct PictureFilter: Equatable, Sendable {
  /// A value that pictures must have; nil for any.
  public var label: String?
  public var split: String?
  public var method: String?
  public var person: String?
  /// Whether the sharpest pictures come first, instead of the order of the dataset.
  public var bySharpness = false

  public init() {}

  fileprivate var conditions: [(column: String, value: String)] {
    [("label", label), ("split", split), ("method", method), ("person", person)].compactMap {
      column, value in value.map { (column, $0) }
    }
  }
}

/// The values that a dataset's pictures have, with the number of pictures of each.
public struct PictureValues: Codable, Equatable, Sendable {
  public struct Value: Codable, Equatable, Sendable {
    public let name: String
    public let count: Int
  }

  public let labels, splits, methods, people: [Value]
  public let hasSharpness: Bool

  /// The maximum number of identities that are listed.
  static let mostPeople = 500
}

extension Registry {
  /// Some pictures of a dataset; the dataset is read the first time, and when it has changed.
  ///
  /// - Parameter name: the name of its folder in `Datasets`.
  public func pictures(
    of name: String, _ filter: PictureFilter = PictureFilter(), limit: Int, offset: Int
  ) throws -> ListPage<ListedPicture> {
    let path = try listed(name)
    let conditions = filter.conditions
    let condition = (["dataset = ?"] + conditions.map { "\($0.column) = ?" })
      .joined(separator: " AND ")
    let order = filter.bySharpness ? "sharpness DESC, number" : "number"
    return try with { queue in
      try queue.read { database in
        let arguments = StatementArguments([path] + conditions.map(\.value))
        let total = try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM pictures INDEXED BY pictures_choices WHERE \(condition)",
          arguments: arguments)
        // The inner query reads the index alone.
        let pictures = try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM pictures WHERE dataset = ? AND number IN
              (SELECT number FROM pictures INDEXED BY pictures_choices
                WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?)
            ORDER BY \(order)
            """,
          arguments: [path] + arguments + [limit, offset]
        ).map(ListedPicture.init)
        return ListPage(total: total ?? 0, pictures)
      }
    }
  }

  /// The place of a picture in a dataset, from 0; of a clip's frame, that of the clip.
  ///
  /// - Parameter path: below the dataset's folder.
  /// - Returns: nil if it is not listed.
  public func number(ofPicture path: String, in name: String) throws -> Int? {
    let dataset = try listed(name)
    let folder = (path as NSString).deletingLastPathComponent
    return try with { queue in
      try queue.read { database in
        let exact = try Int.fetchOne(
          database, sql: "SELECT number FROM pictures WHERE dataset = ? AND path = ?",
          arguments: [dataset, path])
        guard exact == nil, !folder.isEmpty else { return exact }
        return try Int.fetchOne(
          database,
          sql: """
            SELECT number FROM pictures
            WHERE dataset = ? AND frames > 1 AND path LIKE ? ESCAPE '\\' ORDER BY number LIMIT 1
            """, arguments: [dataset, "\(Registry.literal(folder))/%"])
      }
    }
  }

  /// The values by which a dataset's pictures can be filtered.
  public func pictureValues(of name: String) throws -> PictureValues {
    let path = try listed(name)
    let known = try with { queue in
      try queue.read {
        try String.fetchOne(
          $0, sql: "SELECT choices FROM listed_datasets WHERE dataset = ?", arguments: [path])
      }
    }
    if let known, let values = try? JSONText.read(PictureValues.self, from: Data(known.utf8)) {
      return values
    }
    return try with { queue in
      try queue.write { database in
        let values = try PictureValues(of: path, in: database)
        try database.execute(
          sql: "UPDATE listed_datasets SET choices = ? WHERE dataset = ?",
          arguments: [String(decoding: try JSONText.line(values), as: UTF8.self), path])
        return values
      }
    }
  }

  /// The path of a dataset below the workspace, whose pictures are listed as they are now.
  private func listed(_ name: String) throws -> String {
    let path = "Datasets/\(name)"
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."),
      Workspace.isFolder("\(workspace.path)/\(path)")
    else { throw RecordsError.noReport(name: name, nearest: nil) }
    // Two readers of the same folder would write the same rows.
    listing.lock()
    defer { listing.unlock() }
    let stamp = DatasetReading.stamp(path, in: workspace)
    let known = try with { queue in
      try queue.read {
        try String.fetchOne(
          $0, sql: "SELECT stamp FROM listed_datasets WHERE dataset = ?", arguments: [path])
      }
    }
    guard known != stamp else { return path }
    let pictures = try ListedPicture.all(in: path, of: workspace)
    try with { queue in
      try queue.write { database in
        for table in ["pictures", "listed_datasets"] {
          try database.execute(sql: "DELETE FROM \(table) WHERE dataset = ?", arguments: [path])
        }
      }
      // In parts, between which others can read.
      for start in stride(from: 0, to: pictures.count, by: Registry.part) {
        try queue.write { database in
          let statement = try database.cachedStatement(
            sql: "INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          for picture in pictures[start..<min(start + Registry.part, pictures.count)] {
            try statement.execute(arguments: [
              picture.dataset, picture.number, picture.path, picture.label, picture.split,
              picture.method, picture.person, picture.sharpness, picture.frames, picture.record,
            ])
          }
        }
      }
      try queue.write { database in
        try database.execute(
          sql: "INSERT OR REPLACE INTO listed_datasets (dataset, stamp) VALUES (?, ?)",
          arguments: [path, stamp])
      }
    }
    return path
  }

  /// How many pictures are written at once.
  private static let part = 500

  /// Lists the pictures of all datasets that are new or have changed, so that nobody waits for them later.
  ///
  /// Folders that cannot be read do not affect others.
  public func listPictures() throws(RecordsError) {
    for dataset in try datasets() { _ = try? pictureValues(of: dataset.name) }
  }
}

extension PictureValues {
  /// Counts the values of a dataset.
  fileprivate init(of path: String, in database: Database) throws {
    func values(_ column: String) throws -> [Value] {
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(column), count(*) FROM pictures INDEXED BY pictures_choices
          WHERE dataset = ? AND \(column) IS NOT NULL
          GROUP BY \(column) ORDER BY \(column) LIMIT \(PictureValues.mostPeople)
          """, arguments: [path]
      ).map { Value(name: $0[0], count: $0[1]) }
    }
    self.init(
      labels: try values("label"), splits: try values("split"), methods: try values("method"),
      people: try values("person"),
      hasSharpness: try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM pictures INDEXED BY pictures_choices
            WHERE dataset = ? AND sharpness IS NOT NULL)
          """, arguments: [path]) ?? false)
  }
}

extension ListedPicture {
  fileprivate init(_ row: Row) {
    (dataset, number, path) = (row["dataset"], row["number"], row["path"])
    (label, split, method) = (row["label"], row["split"], row["method"])
    (person, sharpness) = (row["person"], row["sharpness"])
    (frames, record) = (row["frames"], row["record"])
  }

  /// The pictures of a dataset, in its order.
  fileprivate static func all(in path: String, of workspace: Workspace) throws -> [ListedPicture] {
    let folder = "\(workspace.path)/\(path)"
    if LabeledDataset.isManifested(folder) {
      return try LabeledDatasetWriter(in: folder).earlier.enumerated().map { number, sample in
        ListedPicture(
          dataset: path, number: number, path: sample.files.first?.path ?? sample.path,
          label: sample.label == .fake ? "fake" : "real", split: sample.split.rawValue,
          method: sample.method, person: sample.identities.joined(separator: " → "),
          sharpness: nil, frames: sample.files.count,
          record: String(decoding: try JSONText.line(sample), as: UTF8.self))
      }
    }
    var pictures: [ListedPicture] = []
    for set in try SourceSet.sets(in: folder, workspace) {
      let below = set.path.hasPrefix("\(folder)/") ? "\(set.path.dropFirst(folder.count + 1))/" : ""
      for (face, person, line) in try set.faces {
        pictures.append(
          ListedPicture(
            dataset: path, number: pictures.count, path: below + face.file, label: nil, split: nil,
            method: nil, person: person, sharpness: face.blur, frames: 1, record: line))
      }
    }
    return pictures
  }
}
