// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.assertj.SoftRingsideAssertions;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extension and assertions, with whatever JUnit and AssertJ there are. */
@ExtendWith(RingsideExtension.class)
@HostSpec(pnics = 2, virtualFunctions = 4, vms = "web")
class UsualSetTest {

  @Test
  void direct_access_follows(Host host, Lab lab) {
    VirtualMachine web = host.vm("web");
    assertThat(web).hasDirectAccessThrough("p0");

    host.pnic("p0").fail();

    assertThat(web).hasDirectAccessThrough("p1");
    assertThat(lab.journal())
        .containsInOrder(functionUnmapped("web", "p0"), functionMapped("web", "p1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {53, 80})
  void packets_arrive(int port, Lab lab, VirtualMachine web) {
    lab.wire().send(udp().to(web).port(port).payload("query"));

    assertThat(web).received(udp().port(port)).andNothingElse();
  }

  @Test
  void a_failure_says_what_was_expected(VirtualMachine web) {
    assertThatThrownBy(() -> assertThat(web).hasDirectAccessThrough("p1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("p1");
  }

  /** Each AssertJ collects them in its own way. */
  @Test
  void soft_assertions_are_collected(VirtualMachine web) {
    SoftRingsideAssertions softly = new SoftRingsideAssertions();
    softly.assertThat(web).hasDirectAccessThrough("p1").isSwitched();
    softly.assertThat(web).hasDirectAccessThrough("p0");

    assertThat(softly.errorsCollected()).hasSize(2);
  }
}
