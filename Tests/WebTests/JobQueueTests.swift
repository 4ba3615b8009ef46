import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct JobQueueTests {
  /// Reports progress, and waits for Ctrl-C where its argument says so.
  private static let program = """
    if [ "$1" = wait ]; then trap 'exit 130' INT; fi
    echo '{"event":"made","value":3,"of":10}'
    echo '{"event":"noted","value":"A note."}'
    echo "$@" >&2
    if [ "$1" = wait ]; then while :; do sleep 0.05; done; fi
    if [ "$1" = fail ]; then echo 'Error: no.' >&2; exit 1; fi
    echo '{"run":"'$1'"}'
    """

  @Test func jobsRunInTheOrderAsked() async throws {
    let lab = try await TestLab(program: JobQueueTests.program)
    let first = try await lab.lab.queue.add("One", command: "test", arguments: ["a b", "c"])
    let second = try await lab.lab.queue.add("Two", command: "test", arguments: ["fail"])
    #expect(first.number == 1 && second.number == 2)
    await lab.lab.queue.run()
    let (one, two) = (try await lab.end(of: 1), try await lab.end(of: 2))
    #expect(one.state == .done && one.code == 0)
    #expect(two.state == .failed && two.code == 1)
    #expect(try #require(one.ended) <= #require(two.began))
    let progress = lab.lab.queue.progress(of: 1)
    #expect(progress.fraction == 0.3)
    #expect(progress.step == "Made 3 of 10")
    #expect(progress.messages == ["A note.", "a b c --progress json"])
    #expect(progress.result == ["run": "a b"])
    #expect(lab.lab.queue.progress(of: 2).messages.last == "Error: no.")
    await lab.lab.queue.close()
  }

  @Test func aJobStopsAndResumes() async throws {
    let lab = try await TestLab(program: JobQueueTests.program)
    _ = try await lab.lab.queue.add("Long", command: "test", arguments: ["wait"])
    await lab.lab.queue.run()
    while lab.lab.queue.progress(of: 1).step == nil { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try await lab.ask("POST", "/jobs/1/stop").status == .seeOther)
    #expect(try await lab.end(of: 1).state == .stopped)
    #expect(try await lab.ask("POST", "/jobs/1/stop").status == .conflict)
    let reply = try await lab.ask("POST", "/jobs/1/resume")
    #expect(reply.header("Location") == "/jobs/2")
    #expect(try await lab.lab.queue.job(2).arguments == ["wait"])
    #expect(try await lab.ask("POST", "/jobs/1/remove").status == .seeOther)
    #expect(try await lab.ask("GET", "/jobs/1").status == .notFound)
    await lab.lab.queue.close()
  }

  @Test func theNextServerResumesWhatThisOneInterrupts() async throws {
    let lab = try await TestLab(program: JobQueueTests.program)
    _ = try await lab.lab.queue.add("Long", command: "test", arguments: ["wait"])
    _ = try await lab.lab.queue.add("Next", command: "test", arguments: ["x"])
    await lab.lab.queue.run()
    while lab.lab.queue.progress(of: 1).step == nil { try await Task.sleep(for: .milliseconds(20)) }
    await lab.lab.queue.close()
    let later = try JobQueue(
      in: "\(Lab.folder(in: lab.workspace))/jobs", of: lab.workspace,
      program: "\(lab.folder.path)/program")
    #expect(await later.all.map(\.state) == [.queued, .queued])
  }

  @Test func aJobOutlivesAKilledServer() async throws {
    let lab = try await TestLab(
      program: "echo '{\"event\":\"begun\"}'; sleep 1; echo '{\"run\":\"r\"}'; exit 3")
    _ = try await lab.lab.queue.add("Long", command: "test", arguments: ["x"])
    await lab.lab.queue.run()
    while lab.lab.queue.progress(of: 1).step == nil { try await Task.sleep(for: .milliseconds(20)) }
    // Another server finds it running, as after a kill.
    let later = try JobQueue(
      in: "\(Lab.folder(in: lab.workspace))/jobs", of: lab.workspace, program: "/bin/false")
    #expect(await later.all.map(\.state) == [.running])
    await later.run()
    while try await !later.job(1).state.isFinal { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try await later.job(1).state == .done)
    #expect(try await later.job(1).code == 3)
    #expect(later.progress(of: 1).result == ["run": "r"])
  }

  @Test func eventsOfStepsAreShown() {
    let progress = JobProgress(
      output: """
        {"event":"step","value":2,"of":8,"what":"train meso4"}
        {"event":"detect","value":{"event":"stepped","value":"meso4","value2":{},"progress":0.25}}
        broken
        """, messages: "")
    #expect(progress.fraction == 0.25)
    #expect(progress.step == "Iteration")
  }

  @Test func theRunOfAStepIsNotThatOfTheJob() {
    let progress = JobProgress(
      output: """
        {"event":"started","run":"duel","folder":"Labs/duel","done":0,"of":8}
        {"event":"swap","value":{"event":"started","run":"duel-s1-g1-test1","iteration":0}}
        """, messages: "")
    #expect(progress.result == ["run": "duel", "folder": "Labs/duel"])
  }
}
