import GRDB

/// The registry's tables; a change is a new migration, never a change to an old one.
enum RegistrySchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 tables") { database in
      try database.create(table: "runs") { table in
        table.primaryKey("home", .text)
        for column in [
          "command", "arguments", "folder", "option", "settings", "version", "machine", "sources",
          "places", "stamp",
        ] { table.column(column, .text).notNull() }
        table.column("sessions", .integer).notNull()
        for column in ["seed", "began", "ended", "outcome", "reason", "parent"] {
          table.column(column, .text)
        }
      }
      try database.create(table: "datasets") { table in
        table.primaryKey("path", .text)
        for column in ["kind", "changed", "stamp"] { table.column(column, .text).notNull() }
        for column in ["sets", "pictures"] { table.column(column, .integer).notNull() }
        table.column("fakes", .integer)
        table.column("hash", .text)
      }
      try database.create(table: "models") { table in
        table.primaryKey("path", .text)
        for column in ["kind", "architecture", "hash", "changed", "stamp"] {
          table.column(column, .text).notNull()
        }
        table.column("program", .text)
        table.column("bytes", .integer).notNull()
      }
      try database.create(table: "metrics") { table in
        table.column("run", .text).notNull().indexed()
          .references("runs", onDelete: .cascade)
        table.column("name", .text).notNull()
        table.column("iteration", .integer)
        table.column("seconds", .double)
        table.column("value", .double).notNull()
      }
      try database.create(table: "files") { table in
        table.column("run", .text).notNull().indexed()
          .references("runs", onDelete: .cascade)
        table.column("path", .text).notNull().indexed()
        table.column("hash", .text).notNull().indexed()
        table.column("bytes", .integer)
      }
    }
    migrator.registerMigration("2 requests") { database in
      // The rows are read anew from the folders. Foreign keys are off in a migration: nothing cascades.
      for table in ["files", "metrics", "runs"] {
        try database.execute(sql: "DELETE FROM \(table)")
      }
      try database.alter(table: "runs") { table in
        table.drop(column: "folder")
        table.drop(column: "option")
        table.add(column: "threads", .integer)
      }
    }
    migrator.registerMigration("3 pictures") { database in
      try database.create(table: "listed_datasets") { table in
        table.primaryKey("dataset", .text)
        table.column("stamp", .text).notNull()
      }
      try database.create(table: "pictures", options: .withoutRowID) { table in
        table.column("dataset", .text).notNull()
        table.column("number", .integer).notNull()
        table.column("path", .text).notNull()
        for column in ["label", "split", "method"] { table.column(column, .text) }
        table.column("person", .text).notNull()
        table.column("sharpness", .double)
        table.column("frames", .integer).notNull()
        table.column("record", .text).notNull()
        table.primaryKey(["dataset", "number"])
      }
    }
    migrator.registerMigration("4 choices of pictures") { database in
      // What lists are filtered and counted by, without the records, which take most of the space.
      try database.create(
        index: "pictures_choices", on: "pictures",
        columns: ["dataset", "number", "label", "split", "method", "person", "sharpness"])
      try database.alter(table: "listed_datasets") { table in table.add(column: "choices", .text) }
    }
    migrator.registerMigration("5 intervals") { database in
      // The rows are read anew from the folders.
      for table in ["files", "metrics", "runs"] {
        try database.execute(sql: "DELETE FROM \(table)")
      }
      try database.alter(table: "metrics") { table in
        table.add(column: "low", .double)
        table.add(column: "high", .double)
      }
    }
    return migrator
  }
}

extension RunRow: FetchableRecord, PersistableRecord { static let databaseTableName = "runs" }
extension DatasetRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "datasets"
}
extension ModelRow: FetchableRecord, PersistableRecord { static let databaseTableName = "models" }
extension MetricRow: FetchableRecord, PersistableRecord { static let databaseTableName = "metrics" }
extension FileRow: FetchableRecord, PersistableRecord { static let databaseTableName = "files" }
