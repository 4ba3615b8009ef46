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
    var progress = JobProgress()
    progress.read(
      """
      {"event":"step","value":2,"of":8,"what":"train meso4"}
      {"event":"detect","value":{"event":"stepped","value":"meso4","value2":{"iteration":5},"progress":0.25}}
      broken
      """)
    #expect(progress.fraction == 1.25 / 8)
    #expect(progress.step == "Step 2 of 8: train meso4 · Iteration 5")
    progress.read("{\"event\":\"finished\",\"value\":2,\"of\":8,\"result\":\"AUC 0.9\"}")
    #expect(progress.fraction == 2.0 / 8)
    #expect(progress.step == "Finished 2 of 8: AUC 0.9")
  }

  @Test func theRunOfAStepIsNotThatOfTheJob() {
    var progress = JobProgress()
    progress.read(
      """
      {"event":"started","run":"duel","folder":"Labs/duel","done":0,"of":8}
      {"event":"swap","value":{"event":"started","run":"duel-s1-g1-test1","iteration":0}}
      """)
    #expect(progress.result == ["run": "duel", "folder": "Labs/duel"])
  }

  @Test func ofALongOutputTheBeginningAndTheEndAreRead() async throws {
    // Three megabytes in all, with a line that is not complete.
    let lab = try await TestLab(
      program: """
        echo '{"event":"started","run":"duel","done":0,"of":2}'
        echo '{"event":"step","value":1,"of":2,"what":"x"}'
        yes '{"event":"swap","value":{"event":"stepped","value":{"iteration":7},"progress":0.5}}' | head -n 40000
        echo '{"event":"finished","value":1,"of":2}'
        printf '{"event":"step","value":2,'
        """)
    let job = try await lab.lab.queue.add("Long", command: "test", arguments: ["x"])
    await lab.lab.queue.run()
    while try await !lab.lab.queue.job(job.number).state.isFinal {
      _ = lab.lab.queue.progress(of: job.number)
      try await Task.sleep(for: .milliseconds(20))
    }
    let later = try JobQueue(
      in: "\(Lab.folder(in: lab.workspace))/jobs", of: lab.workspace, program: "/bin/false")
    for queue in [lab.lab.queue, later] {
      let progress = queue.progress(of: job.number)
      #expect(progress.result == ["run": "duel"])
      #expect(progress.step == "Finished 1 of 2")
      #expect(progress.fraction == 0.5)
    }
  }

  @Test func aJobThatNeedsAFailedOneSaysWhyAndIsResumedWithIt() async throws {
    let lab = try await TestLab(program: "echo \"Error: $1 is missing.\" >&2; exit 1")
    let queue = lab.lab.queue
    let first = try await queue.add("Download", command: "fetch", arguments: ["clip"])
    let second = try await queue.add(
      "Detect", command: "test", arguments: ["y"], after: [first.number])
    await queue.run()
    while try await !queue.job(second.number).state.isFinal {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(
      queue.progress(of: second.number).messages == [
        "Job 1, 'Download', did not end well.", "Error: clip is missing.",
      ])
    let again = try await queue.resume(second.number)
    #expect(again.after == [3])
    #expect(try await queue.job(3).title == "Download")
    await queue.close()
  }
}
