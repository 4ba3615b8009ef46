import Foundation
import GRDB
import TestSupport
import Testing

@testable import Records
@testable import Workflows

extension Registry {
  /// All rows of all tables, as text.
  func rows() throws -> [String] {
    try with { queue in
      try queue.read { database in
        try ["runs", "datasets", "models", "metrics", "files"].flatMap { table in
          try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
            .sorted()
        }
      }
    }
  }
}

@Suite struct RegistryTests {
  @Test func aNewRegistryHasItsTablesAndOpensAgain() throws {
    let folder = try TemporaryFolder()
    let (workspace, wasThere) = try Workspace.make(at: folder.path("ws"))
    #expect(!wasThere)
    let registry = try Registry(in: workspace)
    #expect(
      try registry.counts()
        == RegistryCounts(runs: 0, datasets: 0, models: 0, metrics: 0, files: 0))
    let mode = try registry.with {
      try $0.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    }
    #expect(mode == "wal")
    #expect(try Workspace.make(at: folder.path("ws")).wasThere)
    #expect(try Registry(in: workspace).counts().runs == 0)
  }

  @Test func aRegistryOfAnOlderProgramIsMigratedAndReadAnew() throws {
    let shop = try RecordedWorkshop(pictures: 2)
    let live = try shop.rows()
    let path = Registry.path(in: shop.workspace)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
    let old = try DatabaseQueue(path: path)
    try RegistrySchema.migrator.migrate(old, upTo: "1 tables")
    try old.write { database in
      try database.execute(
        sql: """
          INSERT INTO runs (home, command, arguments, folder, option, settings, version, machine,
            sources, places, stamp, sessions)
          VALUES ('Labs/extract-faces', 'extract', '[]', '/', '--out', '{}', '0.1.0', 'a machine',
            '[]', '["/elsewhere/faces"]', 'old', 1)
          """)
      // Of a face set outside the workspace.
      try database.execute(
        sql: """
          INSERT INTO metrics (run, name, value) VALUES ('Labs/extract-faces', 'faces', 12);
          INSERT INTO files (run, path, hash)
          VALUES ('Labs/extract-faces', '/elsewhere/faces/000001.jpg', 'abc')
          """)
    }
    try old.close()
    #expect(try shop.registry().runs().count == 2)
    #expect(try shop.rows() == live)
  }

  @Test func aNewerRegistryIsRefusedAndLeft() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    try Registry(in: shop.workspace).with { queue in
      try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 wonders')") }
    }
    let path = Registry.path(in: shop.workspace)
    #expect(throws: RecordsError.newerRegistry(path: path)) { _ = try shop.registry() }
    #expect(throws: RecordsError.newerRegistry(path: path)) { _ = try shop.workspace.reindex() }
    // A run is made all the same, and says it.
    try shop.augment()
    #expect(
      shop.warnings.allSatisfy { $0.contains("newer version of dflab") } && !shop.warnings.isEmpty)
    #expect(FileKind.isThere("\(shop.shop.set())/sheet.png"))
  }

  @Test func reindexingGivesTheRowsThatRunsHaveWritten() throws {
    let shop = try RecordedWorkshop()
    let live = try shop.rows()
    #expect(live.contains { $0.contains("Datasets/augmented") && $0.hasPrefix("runs") })
    #expect(live.contains { $0.contains("pictures/000001.jpg") })
    _ = try shop.workspace.reindex()
    #expect(try shop.rows() == live)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: Registry.path(in: shop.workspace) + ending)
    }
    let counts = try shop.workspace.reindex()
    #expect(try shop.rows() == live)
    #expect(counts.runs == 2 && counts.datasets == 2 && counts.files > 24)
    #expect(shop.warnings == [])
  }

  @Test func aBrokenRegistryCostsARunNothingAndIsMadeAnew() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let path = Registry.path(in: shop.workspace)
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    try Data(String(repeating: "no database ", count: 1000).utf8).write(to: URL(filePath: path))
    try shop.augment()
    #expect(FileKind.isThere("\(shop.shop.set())/sheet.png"))
    #expect(shop.warnings.first?.contains("dflab lab reindex") == true)
    #expect(throws: RecordsError.self) { _ = try shop.registry() }
    #expect(try shop.workspace.reindex().runs == 2)
    #expect(try shop.registry().run(named: "augmented").state == .done)
  }

  @Test func aDamagedRecordHidesNoOtherRun() throws {
    let shop = try RecordedWorkshop()
    try Data("{".utf8).write(to: URL(filePath: "\(shop.shop.set())/run.json"))
    let runs = try shop.registry().runs()
    #expect(runs.map(\.name) == ["Datasets/people", "Datasets/augmented"])
    #expect(runs.map(\.state) == [.done, .unknown])
  }

  @Test func aLockedRegistryCostsARunNothing() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let other = try Registry(in: shop.workspace)
    try other.queue.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      try shop.augment()
      try database.execute(sql: "ROLLBACK")
    }
    #expect(FileKind.isThere("\(shop.shop.set())/sheet.png"))
    #expect(shop.warnings.count == 1 && shop.warnings[0].contains("is locked"))
    // What it lacks is read as soon as somebody asks.
    #expect(try shop.registry().run(named: "augmented").state == .done)
  }

  @Test func severalAtOnceDoNoHarm() throws {
    let shop = try RecordedWorkshop()
    let live = try shop.rows()
    let workspace = shop.workspace
    let faults = (0..<6).concurrently { _ -> String? in
      do {
        for _ in 0..<5 { _ = try workspace.reindex() }
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(faults.compactMap(\.self) == [])
    #expect(try shop.rows() == live)
  }

  @Test func processesAtOnceMakeOneRegistry() throws {
    let shop = try RecordedWorkshop()
    let live = try shop.rows()
    let path = Registry.path(in: shop.workspace)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
    let program = BuiltProgram(in: try TemporaryFolder())
    let processes = try (0..<4).map { _ in
      try program.start(["lab", "reindex", "--workspace", shop.workspace.path])
    }
    for process in processes { process.waitUntilExit() }
    #expect(processes.map(\.terminationStatus) == [0, 0, 0, 0])
    #expect(try shop.rows() == live)
  }

  @Test(.enabled(if: TestPython.hasSQLite, "no Python: DFLAB_PYTHON names one"))
  func pythonReadsTheTables() throws {
    let shop = try RecordedWorkshop()
    let output = try TestPython.run(
      """
      import sqlite3, sys
      rows = sqlite3.connect(sys.argv[1]).execute(
        "SELECT home, command, outcome FROM runs ORDER BY home").fetchall()
      print(rows)
      """, [Registry.path(in: shop.workspace)])
    #expect(
      String(decoding: output, as: UTF8.self)
        == "[('Datasets/augmented', 'augment', 'done'), ('Datasets/people', 'faces synthesize', 'done')]\n"
    )
  }
}

extension Range<Int> {
  /// The results of `body`, each computed on a thread of its own.
  fileprivate func concurrently<Result: Sendable>(
    _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Collected<Result>()
    let group = DispatchGroup()
    for index in self {
      group.enter()
      Thread.detachNewThread {
        results.add(body(index))
        group.leave()
      }
    }
    group.wait()
    return results.all
  }
}

private final class Collected<Element: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var elements: [Element] = []
  func add(_ element: Element) { lock.withLock { elements.append(element) } }
  var all: [Element] { lock.withLock { elements } }
}
