// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Endpoint;

/**
 * The two hosts of the capture: the one that asked is the lab's station, the one that answered is a
 * virtual machine on a host with two NICs.
 */
final class WebHost implements Topology {

  static final Endpoint CLIENT =
      Endpoint.of("client", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");

  @Override
  public void build(LabBuilder lab) {
    lab.station(CLIENT)
        .host("h1")
        .pnics(2)
        .virtualFunctions(4)
        .vm(VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").ipv6("2001:db8::b"));
  }
}
