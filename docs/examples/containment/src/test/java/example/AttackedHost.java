// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Endpoint;

/**
 * The two hosts of the capture: the one that attacks, and also asks for pages, is the lab's
 * station; the victim is a virtual machine with direct access.
 */
final class AttackedHost implements Topology {

  static final Endpoint CLIENT =
      Endpoint.of("client", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");

  @Override
  public void build(LabBuilder lab) {
    lab.station(CLIENT)
        .host("h1")
        .nic(NicConfig.DEFAULT.withVirtualFunctions(4).withStandbyRingCapacity(1_024))
        .vm(VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").ipv6("2001:db8::b"));
  }
}
