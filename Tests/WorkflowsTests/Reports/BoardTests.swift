import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct BoardTests {
  @Test func checksumsAreThoseOfTheStandard() {
    // RFC 3720, appendix B.4, and the check value of the catalog of parametrised CRC algorithms.
    #expect(CRC32C.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.of([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.of(Array("123456789".utf8)) == 0xE306_9283)
  }

  /// >>> def record(event):
  /// ...   file = io.BytesIO(); RecordWriter(file).write(event.SerializeToString()); return file.getvalue().hex()
  @Test(arguments: [
    // >>> record(Event(wall_time=1.5, file_version='brain.Event:2'))
    (
      BoardEvent(time: 1.5, step: 0, content: .version),
      "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c"
    ),
    // >>> record(Event(wall_time=1.5, step=0, session_log=SessionLog(status=SessionLog.START)))
    (
      BoardEvent(time: 1.5, step: 0, content: .start),
      "0d000000000000003c37b83409000000000000f83f3a020801b718825c"
    ),
    // >>> record(Event(wall_time=2.5, step=300, summary=Summary(value=[
    // ...   Summary.Value(tag='loss/a', simple_value=.5), Summary.Value(tag='b', simple_value=-1.25)])))
    (
      BoardEvent(time: 2.5, step: 300, content: .scalars([("loss/a", 0.5), ("b", -1.25)])),
      "2700000000000000bbe1b14609000000000000044010ac022a190a0d0a066c6f73732f61150000003f0a080a01"
        + "62150000a0bf771da101"
    ),
    // >>> record(Event(wall_time=2.5, step=300, summary=Summary(value=[Summary.Value(tag='p',
    // ...   image=Summary.Image(height=2, width=3, colorspace=3, encoded_image_string=b'\x01\x02'))])))
    (
      BoardEvent(
        time: 2.5, step: 300, content: .picture(tag: "p", width: 3, height: 2, png: [1, 2])),
      "1f00000000000000514b441809000000000000044010ac022a110a0f0a0170220a08021003180322020102cce1"
        + "0d8d"
    ),
  ])
  func recordsAreThoseOfTensorBoard(event: BoardEvent, hex: String) {
    #expect(event.record.map { String(format: "%02x", $0) }.joined() == hex)
  }

  @Test func aSessionTellsTheLogOnceAndGoesOn() throws {
    let folder = try TemporaryFolder()
    let run = try testRun(in: folder)
    func point(_ step: Int) -> BoardFile.Point {
      BoardFile.Point(step: step, seconds: Double(step), scalars: [("loss", 1), ("x", .nan)])
    }
    let first = try BoardFile(of: run, past: [])
    for step in [1, 2, 2, 3] { try first.append(point(step)) }
    #expect(try boardRecords(of: run).count == 2 + 3)
    // The third step is lost with a session; it is told anew.
    let second = try BoardFile(of: run, past: [point(1), point(2), point(2)])
    for step in [2, 3, 4] { try second.append(point(step)) }
    let records = try boardRecords(of: run)
    #expect(records.count == 2 + 4)
    let steps = records.dropFirst(2).map { $0[10] }
    #expect(steps == [1, 2, 3, 4], "the byte after the time's nine and the field's own")
  }

  @Test(
    .enabled(
      if: TestPython.hasTensorBoard,
      "no Python with tensorboard: 'make test' fetches it, DFLAB_PYTHON names another"))
  func tensorBoardReadsAllCurvesOfASwapRun() throws {
    let folder = try TemporaryFolder()
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(
      a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
    (request.workspace, request.batch, request.sessionOptions.hasBoard) = (folder.path, 1, true)
    (
      request.sessionOptions.evaluateEvery, request.sessionOptions.previewEvery,
      request.sessionOptions.logEvery
    ) = (2, 2, 1)
    for iterations in [3, 5] {
      request.budget.iterations = iterations
      _ = try SwapRun.train(request)
    }
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    let log = SwapLog.lines(at: run.log)
    #expect(try boardRecords(of: run).count > 2)
    let board = TensorBoardReader(folder: BoardFile.folder(of: run))
    let read = try board.scalars()
    #expect(read["train/loss/a"]?.map(\.step) == [1, 2, 3, 4, 5])
    let losses = Dictionary(
      log.compactMap { line in line.lossA.map { (line.iteration, Float($0)) } },
      uniquingKeysWith: { first, _ in first })
    for point in read["train/loss/a"] ?? [] { #expect(Float(point.value) == losses[point.step]) }
    let similarities = log.filter { $0.ssimA != nil }
    #expect(read["val/ssim/a"]?.map(\.step) == similarities.map(\.iteration))
    #expect(read["train/loss_terms/mae/b"] != nil)
    #expect(try board.pictures() == ["preview"])
  }
}
