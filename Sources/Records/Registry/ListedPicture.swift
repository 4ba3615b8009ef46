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
public struct PictureValues: Encodable, Equatable, Sendable {
  public struct Value: Encodable, Equatable, Sendable {
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
          database, sql: "SELECT count(*) FROM pictures WHERE \(condition)", arguments: arguments)
        let pictures = try Row.fetchAll(
          database,
          sql: "SELECT * FROM pictures WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
          arguments: arguments + [limit, offset]
        ).map(ListedPicture.init)
        return ListPage(total: total ?? 0, pictures)
      }
    }
  }

  /// The place of a picture in a dataset, from 0; of a clip's frame, that of the clip. Nil if it is not
  /// listed.
  ///
  /// - Parameter path: below the dataset's folder.
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
    return try with { queue in
      try queue.read { database in
        func values(_ column: String) throws -> [PictureValues.Value] {
          try Row.fetchAll(
            database,
            sql: """
              SELECT \(column), count(*) FROM pictures WHERE dataset = ? AND \(column) IS NOT NULL
              GROUP BY \(column) ORDER BY \(column) LIMIT \(PictureValues.mostPeople)
              """, arguments: [path]
          ).map { PictureValues.Value(name: $0[0], count: $0[1]) }
        }
        return PictureValues(
          labels: try values("label"), splits: try values("split"), methods: try values("method"),
          people: try values("person"),
          hasSharpness: try Bool.fetchOne(
            database,
            sql:
              "SELECT EXISTS (SELECT 1 FROM pictures WHERE dataset = ? AND sharpness IS NOT NULL)",
            arguments: [path]) ?? false)
      }
    }
  }

  /// The path of a dataset below the workspace, whose pictures are listed as they are now.
  private func listed(_ name: String) throws -> String {
    let path = "Datasets/\(name)"
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."),
      Workspace.isFolder("\(workspace.path)/\(path)")
    else { throw RecordsError.noReport(name: name, nearest: nil) }
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
        try database.execute(sql: "DELETE FROM pictures WHERE dataset = ?", arguments: [path])
        try database.execute(
          sql: "INSERT OR REPLACE INTO listed_datasets (dataset, stamp) VALUES (?, ?)",
          arguments: [path, stamp])
        let statement = try database.cachedStatement(
          sql: "INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for picture in pictures {
          try statement.execute(arguments: [
            picture.dataset, picture.number, picture.path, picture.label, picture.split,
            picture.method, picture.person, picture.sharpness, picture.frames, picture.record,
          ])
        }
      }
    }
    return path
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
      let listing = try FaceListing(of: set.path)
      let below = set.path.hasPrefix("\(folder)/") ? "\(set.path.dropFirst(folder.count + 1))/" : ""
      for name in listing.names {
        let line = listing.lines[name]
        pictures.append(
          ListedPicture(
            dataset: path, number: pictures.count, path: below + name, label: nil, split: nil,
            method: nil, person: set.identity(of: line), sharpness: line?.blur, frames: 1,
            record: line.flatMap { try? String(decoding: $0.json, as: UTF8.self) } ?? ""))
      }
    }
    return pictures
  }
}
