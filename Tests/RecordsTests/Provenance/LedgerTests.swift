import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Records

/// A workspace with a run whose ledger holds three files and a signature.
private final class SignedRun {
  let root: String
  let workspace: Workspace
  let key: LabKey

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID())").path
    for part in Workspace.parts + ["Labs/run"] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(part)", withIntermediateDirectories: true)
    }
    workspace = try Workspace(at: root)
    key = try LabKey(of: workspace)
    let ledger = try Ledger(of: lab)
    for name in ["one", "two", "three"] {
      try Data(name.utf8).write(to: URL(filePath: "\(lab)/\(name)"))
      try ledger.note([line(name)])
    }
    try ledger.sign(with: key)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// The line of one of the run's files.
  func line(_ name: String, making: String = "written") throws -> LedgerEntry {
    var line = LedgerEntry(file: "Labs/run/\(name)")
    line.hash = try FileHash.ofFile("\(lab)/\(name)")
    (line.making, line.parents, line.model) = (making, ["ab"], "cd")
    return line
  }

  var lab: String { workspace.lab(of: "run") }
  var path: String { "\(lab)/\(Ledger.name)" }

  func faults(key: String? = nil) throws -> [LedgerReading.Fault] {
    let reading = try #require(try LedgerReading(of: path))
    return reading.faults(key: try key ?? LabKey.identity(of: workspace))
  }

  /// Replaces the ledger's lines.
  func rewrite(_ change: (inout [String]) -> Void) throws {
    var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(
      String.init)
    change(&lines)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
  }
}

struct LedgerTests {
  private let run = try? SignedRun()

  @Test func aLedgerThatNobodyTouchedHasNoFault() throws {
    let run = try #require(run)
    #expect(try run.faults() == [])
  }

  @Test func aChangedByteIsTold() throws {
    let run = try #require(run)
    try run.rewrite { $0[1] = $0[1].replacing("written", with: "wrltten") }
    #expect(try run.faults().first == .changed(line: 1))
  }

  @Test func aLineThatIsNoLineAnyMoreIsTold() throws {
    let run = try #require(run)
    try run.rewrite { $0[1] = String($0[1].dropFirst()) }
    #expect(try run.faults().first == .changed(line: 1))
  }

  @Test func aLineThatStandsThereTwiceIsTold() throws {
    let run = try #require(run)
    try run.rewrite { $0.insert($0[1], at: 2) }
    #expect(try run.faults().first == .repeated(line: 2))
  }

  @Test func aRemovedLineIsTold() throws {
    let run = try #require(run)
    try run.rewrite { $0.remove(at: 1) }
    #expect(try run.faults().first == .removed(after: 0))
  }

  @Test(arguments: [4_000_000_000, Int.max, -1, Int.min])
  func aNumberBeyondAllLinesIsTold(number: Int) throws {
    let run = try #require(run)
    try run.rewrite { lines in
      lines = lines.map { line in
        line.replacing(/"entry":\d+/) { _ in "\"entry\":\(number)" }
      }
    }
    #expect(try run.faults().first == .repeated(line: 1))
    try run.rewrite { $0.removeLast(3) }
    #expect(try run.faults().first == .removed(after: -1))
  }

  @Test func aFileThatIsLargerThanAnyLedgerIsRefused() throws {
    let run = try #require(run)
    let size = try Data(contentsOf: URL(filePath: run.path)).count
    #expect(try LedgerReading(of: run.path, largest: size)?.lines.count == 4)
    #expect(throws: RecordsError.unreadable(path: run.path, reason: "the file is too large")) {
      _ = try LedgerReading(of: run.path, largest: size - 1)
    }
    // A file without an end is not read to it.
    #expect(
      throws: RecordsError.unreadable(path: "/dev/zero", reason: "the file is too large")
    ) {
      _ = try LedgerReading(of: "/dev/zero", largest: 100)
    }
  }

  @Test func reorderedLinesAreTold() throws {
    let run = try #require(run)
    try run.rewrite { $0.swapAt(1, 2) }
    #expect(try run.faults().first == .reordered(line: 1))
  }

  @Test func aChainThatSomeoneElseWroteAnewIsTold() throws {
    let run = try #require(run)
    let other = try SignedRun()
    #expect(try run.faults(key: other.key.identity) == [.anotherKey(line: 3)])
    try run.rewrite {
      $0[3] = $0[3].replacing(run.key.identity, with: other.key.identity)
    }
    #expect(try run.faults().contains(.forged(line: 3)))
  }

  @Test func aMissingSignatureIsTold() throws {
    let run = try #require(run)
    try run.rewrite { $0.removeLast() }
    #expect(try run.faults() == [.unsigned(after: -1)])
  }

  @Test func whatIsWrongIsSaidInLinesCountedFromOne() {
    let sentences: [(LedgerReading.Fault, String)] = [
      (.removed(after: -1), "The first ledger lines are missing."),
      (.removed(after: 3), "Ledger lines are missing after line 4."),
      (.repeated(line: 4), "Ledger line 5 is duplicated."),
      (.unsigned(after: -1), "The ledger is not signed: the run is in progress or was killed."),
      (
        .unsigned(after: 7),
        "The ledger is not signed after line 8: the run is in progress or was killed."
      ),
    ]
    for (fault, sentence) in sentences { #expect(fault.description == sentence) }
  }

  @Test func aTornLastLineCostsThatLineAloneAndIsMended() throws {
    let run = try #require(run)
    let file = try #require(FileHandle(forUpdatingAtPath: run.path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"entry\":4,\"prev".utf8))
    try file.close()
    #expect(try run.faults() == [.torn(line: 4)])
    let ledger = try Ledger(of: run.lab)
    try Data("another".utf8).write(to: URL(filePath: "\(run.lab)/one"))
    try ledger.note([run.line("one", making: "written again")])
    try ledger.sign(with: run.key)
    #expect(try run.faults() == [])
  }

  @Test func whatIsNotedAlreadyIsNotNotedAgain() throws {
    let run = try #require(run)
    let before = try Data(contentsOf: URL(filePath: run.path))
    let ledger = try Ledger(of: run.lab)
    try ledger.note([run.line("one"), run.line("two")])
    try ledger.sign(with: run.key)
    #expect(try Data(contentsOf: URL(filePath: run.path)) == before)
  }

  @Test func aFileIsMadeChangedOrUnknown() throws {
    let run = try #require(run)
    try Data("{}".utf8).write(to: URL(filePath: "\(run.lab)/settings.json"))
    let made = try run.workspace.check(file: "\(run.lab)/two")
    #expect(made.verdict == .unchanged && made.run == "Labs/run" && made.making == "written")
    #expect(made.parents.map(\.hash) == ["ab"] && made.model?.hash == "cd" && made.faults == [])
    let copy = "\(run.root)/copy"
    try FileManager.default.copyItem(atPath: "\(run.lab)/two", toPath: copy)
    let copied = try run.workspace.check(file: copy)
    #expect(copied.verdict == .unchanged && copied.name == "Labs/run/two")
    try Data("twO".utf8).write(to: URL(filePath: "\(run.lab)/two"))
    #expect(try run.workspace.check(file: "\(run.lab)/two").verdict == .changed)
    try Data("else".utf8).write(to: URL(filePath: copy))
    #expect(try run.workspace.check(file: copy).verdict == .unknown)
  }

  @Test func aRunsFilesAreToldAsTheyAre() throws {
    let run = try #require(run)
    #expect(try run.workspace.check(run: "Labs/run").isWhole)
    try Data("twO".utf8).write(to: URL(filePath: "\(run.lab)/two"))
    try FileManager.default.removeItem(atPath: "\(run.lab)/three")
    let check = try run.workspace.check(run: "Labs/run")
    #expect(check.changed == ["Labs/run/two"] && check.missing == ["Labs/run/three"])
    #expect(check.files == 3 && check.faults == [] && !check.isWhole)
  }

  @Test func aFileThatIsGoneIsToldWithItsRun() throws {
    let run = try #require(run)
    try FileManager.default.removeItem(atPath: "\(run.lab)/two")
    let check = try Verification(of: "\(run.lab)/two", workspace: run.root)
    guard case .file(let file) = check else { throw CancellationError() }
    #expect(file.verdict == .missing && file.run == "Labs/run" && file.name == "Labs/run/two")
    #expect(throws: RecordsError.nothingToVerify(name: "\(run.lab)/four")) {
      _ = try Verification(of: "\(run.lab)/four", workspace: run.root)
    }
  }
}

struct LabKeyTests {
  @Test func theKeyIsItsOwnersAloneAndStays() throws {
    let run = try SignedRun()
    let path = "\(run.root)/.dflab/key.pem"
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(rights as? Int == 0o600)
    #expect(try LabKey(of: run.workspace).identity == run.key.identity)
    #expect(try LabKey.identity(of: run.workspace) == run.key.identity)
  }

  @Test func ofManyFirstUsesAtOnceAllGetOneKey() throws {
    for _ in 0..<8 {
      let folder = try TemporaryFolder()
      let workspace = try testWorkspace(in: folder)
      let found = Mutex<[String?]>([])
      let (group, gate) = (DispatchGroup(), DispatchSemaphore(value: 0))
      for _ in 0..<16 {
        group.enter()
        Thread.detachNewThread {
          gate.wait()
          let identity = try? LabKey(of: workspace).identity
          found.withLock { $0.append(identity) }
          group.leave()
        }
      }
      for _ in 0..<16 { gate.signal() }
      group.wait()
      let identity = try LabKey(of: workspace).identity
      #expect(found.withLock { $0 } == Array(repeating: identity, count: 16))
      #expect(try LabKey.identity(of: workspace) == identity)
      let files = try FileManager.default.contentsOfDirectory(atPath: workspace.hidden)
      #expect(files.sorted() == ["key.pem", "key.pub.pem"], "nothing else is left")
    }
  }

  @Test func aLostPublicHalfIsMadeAgain() throws {
    let run = try SignedRun()
    let path = "\(run.root)/.dflab/key.pub.pem"
    let half = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.removeItem(atPath: path)
    _ = try LabKey(of: run.workspace)
    #expect(try Data(contentsOf: URL(filePath: path)) == half)
  }

  @Test func aBrokenKeyIsNotWrittenOver() throws {
    let run = try SignedRun()
    let path = "\(run.root)/.dflab/key.pem"
    try Data("none".utf8).write(to: URL(filePath: path))
    #expect(throws: RecordsError.brokenKey(path: path, reason: "not an Ed25519 key in PEM format"))
    {
      _ = try LabKey(of: run.workspace)
    }
    #expect(try run.workspace.check(run: "Labs/run").isWhole, "the public half is enough to check")
  }

  @Test func aLostKeyIsNotReplacedSilently() throws {
    let run = try SignedRun()
    let path = "\(run.root)/.dflab/key.pem"
    try FileManager.default.removeItem(atPath: path)
    #expect(
      throws: RecordsError.brokenKey(
        path: path, reason: "the private key is missing, but the public key exists")
    ) { _ = try LabKey(of: run.workspace) }
    #expect(try LabKey.identity(of: run.workspace) == run.key.identity)
  }

  @Test func aLostPublicHalfIsThatOfTheKey() throws {
    let run = try SignedRun()
    let path = "\(run.root)/.dflab/key.pub.pem"
    try FileManager.default.removeItem(atPath: path)
    #expect(try run.workspace.check(run: "Labs/run").isWhole)
    try Data("none".utf8).write(to: URL(filePath: path))
    #expect(
      throws: RecordsError.brokenKey(path: path, reason: "not an Ed25519 public key in PEM format")
    ) { _ = try run.workspace.check(run: "Labs/run") }
  }

  // $ printf 'a text' > t; openssl pkeyutl -verify -pubin -inkey key.pub.pem -rawin -in t -sigfile s
  @Test func opensslAgrees() throws {
    let run = try SignedRun()
    let folder = run.root
    try Data("a text".utf8).write(to: URL(filePath: "\(folder)/t"))
    let signature = try #require(Data(base64Encoded: try run.key.signature(of: "a text")))
    try signature.write(to: URL(filePath: "\(folder)/s"))
    let openssl = URL(filePath: "/usr/bin/openssl")
    try #require(FileManager.default.isExecutableFile(atPath: openssl.path))
    let process = Process()
    process.executableURL = openssl
    process.arguments = [
      "pkeyutl", "-verify", "-pubin", "-inkey", "\(folder)/.dflab/key.pub.pem", "-rawin", "-in",
      "\(folder)/t", "-sigfile", "\(folder)/s",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

struct FileHashTests {
  // >>> hashlib.sha256(b"abc").hexdigest()
  @Test func hashesAreThoseOfOthers() {
    #expect(
      FileHash.of("abc".utf8)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
