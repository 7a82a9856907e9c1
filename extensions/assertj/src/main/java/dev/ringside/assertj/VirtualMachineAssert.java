// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a virtual machine: its access to the network, and what it has received.
 *
 * <pre>{@code
 * assertThat(web).hasDirectAccessThrough("p0").received(udp().port(53)).andNothingElse();
 * }</pre>
 */
public class VirtualMachineAssert
    extends AbstractReceiverAssert<VirtualMachineAssert, VirtualMachine> {

  /** Assertions about this one. */
  public VirtualMachineAssert(@Nullable VirtualMachine actual) {
    super(actual, VirtualMachineAssert.class);
  }

  @Override
  protected List<Packet> packets() {
    return actual.inbox().packets();
  }

  @Override
  protected World world() {
    return actual.inbox().world();
  }

  @Override
  protected String subject() {
    return "VM " + actual.name();
  }

  @Override
  protected Endpoint endpoint() {
    return actual;
  }

  private String access() {
    String through = actual.directAccessThrough();
    if (through == null) {
      return "none and is switched";
    }
    return "direct access through "
        + (actual.hasAggregator() ? String.join(", ", actual.aggregator().ports()) : through);
  }

  /**
   * That it has a virtual function of some NIC.
   *
   * <pre>{@code
   * assertThat(web).hasDirectAccess(); // passes
   * // all NICs failed
   * assertThat(web).hasDirectAccess(); // fails
   * }</pre>
   */
  public VirtualMachineAssert hasDirectAccess() {
    return verify(
        () ->
            actual.directAccessThrough() != null
                ? null
                : new ShouldHave(subject(), "direct access", access(), evidence(), actual.name()));
  }

  /**
   * That it has a virtual function of this NIC.
   *
   * <pre>{@code
   * assertThat(web).hasDirectAccessThrough("p0"); // passes
   * host.pnic("p0").fail();
   * assertThat(web).hasDirectAccessThrough("p0"); // fails
   * }</pre>
   */
  public VirtualMachineAssert hasDirectAccessThrough(String pnic) {
    return verify(
        () ->
            actual.hasDirectAccessThrough(pnic)
                ? null
                : new ShouldHave(
                    subject(),
                    "direct access through " + pnic,
                    access(),
                    evidence(),
                    actual.name()));
  }

  /**
   * That it has no virtual function and goes through the virtual switch.
   *
   * <pre>{@code
   * assertThat(web).isSwitched(); // fails
   * // all NICs failed
   * assertThat(web).isSwitched(); // passes
   * }</pre>
   */
  public VirtualMachineAssert isSwitched() {
    return verify(
        () ->
            actual.directAccessThrough() == null
                ? null
                : new ShouldBe(
                    subject(),
                    "switched",
                    access().replace("direct access", "direct"),
                    evidence(),
                    actual.name()));
  }
}
