// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package readme;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.standbyChosen;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// readme: start
@ExtendWith(RingsideExtension.class)
class FailoverTest {

  @Test
  void direct_access_follows_the_nic_that_takes_over(
      @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host, Lab lab) {
    VirtualMachine web = host.vm("web");
    assertThat(web).hasDirectAccessThrough("p0");

    host.pnic("p0").fail();

    assertThat(web).hasDirectAccessThrough("p1");
    assertThat(lab.journal())
        .containsInOrder(
            functionUnmapped("web", "p0"),
            standbyChosen("p1"),
            pnicDeactivated("p0"),
            pnicActivated("p1"),
            functionMapped("web", "p1"));
    lab.wire().send(udp().to(web).port(53).payload("query"));
    assertThat(web).received(udp().port(53)).andNothingElse();
  }
}
// readme: end
