import Foundation
import TestSupport
import Testing

@testable import Workflows

struct PageGuardTests {
  @Test(.enabled(if: TestPython.isThere, "needs Python"))
  func thePluginRefusesTheSameAddresses() throws {
    let folder = try TemporaryFolder()
    let pageGuard = try PageGuard(in: folder.path("guard"))
    #expect(!pageGuard.isLoaded && !pageGuard.hasRefused)
    // The first and the last address of each network, and their neighbors.
    let script = """
      import ipaddress, runpy, sys
      plugin = runpy.run_path(sys.argv[1])
      for networks in plugin["NETWORKS"].values():
        for network in networks:
          for number in [-1, 0, network.num_addresses - 1, network.num_addresses]:
            number += int(network[0])
            if 0 <= number < 1 << network.max_prefixlen:
              address = ipaddress.IPv4Address(number) if network.version == 4 else ipaddress.IPv6Address(number)
              print(address, plugin["is_public"](str(address)))
      """
    let plugin = folder.path(
      "guard/plugins/dflab/yt_dlp_plugins/postprocessor/page_guard.py")
    let lines = String(decoding: try TestPython.run(script, [plugin]), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count > 70)
    for line in lines {
      let words = line.split(separator: " ")
      let address = try #require(NetworkAddress(String(words[0])))
      #expect((words[1] == "True") == address.isPublic, "\(address)")
    }
  }

  @Test func everyNetworkIsRead() {
    #expect(NetworkAddress.carriers.count == 2)
    #expect(NetworkAddress.assigned.count == 1)
    #expect(NetworkAddress.special.count == 18)
    #expect(Network("10.0.0.0/33") == nil && Network("10.0.0.0") == nil && Network("x/8") == nil)
  }
}
