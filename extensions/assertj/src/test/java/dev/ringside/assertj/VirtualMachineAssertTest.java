// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualMachineAssertTest {

  private final Lab lab = Labs.twoNics();
  private final VirtualMachine web = lab.vm("web");

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void has_direct_access() {
    assertThat(web).hasDirectAccess();
    failBoth();
    fails(
        () -> assertThat(web).hasDirectAccess(),
        """
        Expecting VM web
          to have direct access
          but it has none and is switched

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function unmapped web, p0 (p0/vf0)
                     0 ns  h1: announced web, p1
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: function unmapped web, p1 (p1/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_direct_access_through_a_nic() {
    assertThat(web).hasDirectAccessThrough("p0");
    lab.host().pnic("p0").fail();
    assertThat(web).hasDirectAccessThrough("p1");
    fails(
        () -> assertThat(web).hasDirectAccessThrough("p0"),
        """
        Expecting VM web
          to have direct access through p0
          but it has direct access through p1

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function unmapped web, p0 (p0/vf0)
                     0 ns  h1: announced web, p1
                     0 ns  h1: function mapped web, p1 (p1/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_switched() {
    fails(
        () -> assertThat(web).isSwitched(),
        """
        Expecting VM web
          to be switched
          but it is direct through p0

                     0 ns  h1: function mapped web, p0 (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    failBoth();
    assertThat(web).isSwitched();
  }

  @Test
  void is_nothing_at_all() {
    VirtualMachine nobody = null;
    assertThat(nobody).isNull();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> assertThat(nobody).isSwitched())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expecting actual not to be null");
  }

  private void failBoth() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
  }
}
