// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.ring.Priority;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.virt.Vnic;
import dev.ringside.virt.VnicPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a virtual NIC.
 *
 * <pre>{@code
 * assertThat(host.vnic("web")).isDirectThrough("p0/vf0");
 * }</pre>
 */
public class VnicAssert extends AbstractDropperAssert<VnicAssert, Vnic> {

  /** Assertions about this one. */
  public VnicAssert(@Nullable Vnic actual) {
    super(actual, VnicAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "VNIC " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String path() {
    return switch (actual.path()) {
      case DIRECT -> "direct through " + actual.through();
      case SWITCHED -> "switched";
      case DOWN -> "down";
    };
  }

  /**
   * That it sends through a virtual function.
   *
   * <pre>{@code
   * assertThat(vnic).isDirect(); // passes
   * // the NIC failed, no standby
   * assertThat(vnic).isDirect(); // fails
   * }</pre>
   */
  public VnicAssert isDirect() {
    return verify(
        () ->
            actual.path() == VnicPath.DIRECT
                ? null
                : new ShouldBe(subject(), "direct", path(), evidence(), actual.name()));
  }

  /**
   * That it sends through this virtual function.
   *
   * <pre>{@code
   * assertThat(vnic).isDirectThrough("p0/vf0"); // passes
   * assertThat(vnic).isDirectThrough("p1/vf0"); // fails
   * }</pre>
   */
  public VnicAssert isDirectThrough(String function) {
    return verify(
        () ->
            actual.through().equals(function)
                ? null
                : new ShouldBe(
                    subject(), "direct through " + function, path(), evidence(), actual.name()));
  }

  /**
   * That it sends through the virtual switch.
   *
   * <pre>{@code
   * assertThat(vnic).isSwitched(); // fails
   * // the NIC failed, no standby
   * assertThat(vnic).isSwitched(); // passes
   * }</pre>
   */
  public VnicAssert isSwitched() {
    return verify(
        () ->
            actual.path() == VnicPath.SWITCHED
                ? null
                : new ShouldBe(subject(), "switched", path(), evidence(), actual.name()));
  }

  /**
   * That it does not send: the guest sees its link down.
   *
   * <pre>{@code
   * assertThat(vnic).isDown(); // fails
   * vnic.shutDown();
   * assertThat(vnic).isDown(); // passes
   * }</pre>
   */
  public VnicAssert isDown() {
    return verify(
        () ->
            actual.path() == VnicPath.DOWN
                ? null
                : new ShouldBe(subject(), "down", path(), evidence(), actual.name()));
  }

  /**
   * That it is held to this bandwidth in each direction; with null, to none.
   *
   * <pre>{@code
   * vnic.setBandwidth(8_000_000);
   * assertThat(vnic).hasBandwidth(Bandwidth.ofBitsPerSecond(8_000_000)); // passes
   * assertThat(vnic).hasBandwidth(null); // fails
   * }</pre>
   */
  public VnicAssert hasBandwidth(@Nullable Bandwidth bandwidth) {
    return verify(
        () ->
            Objects.equals(actual.bandwidth(), bandwidth)
                ? null
                : new ShouldHave(
                    subject(), limit(bandwidth), limit(actual.bandwidth()), evidence()));
  }

  private static String limit(@Nullable Bandwidth bandwidth) {
    return bandwidth == null ? "no bandwidth limit" : "bandwidth " + bandwidth;
  }

  /**
   * That it has this priority.
   *
   * <pre>{@code
   * assertThat(vnic).hasPriority(Priority.NORMAL); // passes
   * assertThat(vnic).hasPriority(Priority.HIGH); // fails
   * }</pre>
   */
  public VnicAssert hasPriority(Priority priority) {
    return verify(
        () ->
            actual.priority() == priority
                ? null
                : new ShouldHave(
                    subject(),
                    "priority " + priority,
                    "priority " + actual.priority(),
                    evidence()));
  }

  /**
   * That so many packets wait in it.
   *
   * <pre>{@code
   * assertThat(vnic).holds(0); // passes
   * assertThat(vnic).holds(1); // fails
   * }</pre>
   */
  public VnicAssert holds(int packets) {
    return verify(
        () ->
            actual.live() == packets
                ? null
                : new ShouldHold(
                    subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    actual.live(),
                    actual,
                    evidence()));
  }
}
