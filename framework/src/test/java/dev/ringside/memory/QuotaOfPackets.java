// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lab whose virtual machines have quotas. */
abstract class QuotaOfPackets {

  Lab lab = Lab.open();
  Host host = lab.host();
  VirtualMachine web = host.vm("vm1");
  VirtualMachine db = host.vm("vm2");

  void open(LabBuilder builder) {
    lab = builder.open();
    host = lab.host();
    web = host.vms().get(0);
    db = host.vms().get(host.vms().size() - 1);
  }

  @BeforeEach
  void start() {
    assertThat(web.directAccessThrough()).isEqualTo("p0");
  }

  @AfterEach
  void check() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  void send(VirtualMachine to, int size, int packets) {
    lab.wire().send(udp().to(to).port(53).payloadSize(size), packets);
  }

  ReceiveRing ringOf(VirtualMachine vm) {
    String function = host.vnic(vm.name()).through();
    int number = Integer.parseInt(function.substring(function.indexOf("vf") + 2));
    return host.pnic(vm.directAccessThrough()).virtualFunction(number).receiveRing(0);
  }
}
