// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.trace.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a physical NIC.
 *
 * <pre>{@code
 * assertThat(host.pnic("p1")).isUp().isActive().received(3).lostNothing();
 * }</pre>
 */
public class PhysicalNicAssert extends AbstractDropperAssert<PhysicalNicAssert, PhysicalNic> {

  /** Assertions about this one. */
  public PhysicalNicAssert(@Nullable PhysicalNic actual) {
    super(actual, PhysicalNicAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "PNIC " + actual.label();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String state() {
    String text = actual.toString();
    return text.substring(text.indexOf('(') + 1, text.length() - 1);
  }

  private List<String> owners() {
    return actual.virtualFunctions().stream()
        .map(vf -> vf.name() + (vf.owner() == null ? " free" : " bound to " + vf.owner()))
        .toList();
  }

  /**
   * That it works and has a link.
   *
   * <pre>{@code
   * assertThat(nic).isUp(); // passes
   * nic.fail();
   * assertThat(nic).isUp(); // fails
   * }</pre>
   */
  public PhysicalNicAssert isUp() {
    return verify(
        () ->
            actual.isUsable()
                ? null
                : new ShouldBe(subject(), "up", state(), evidence(), actual.name()));
  }

  /**
   * That it has failed or hangs.
   *
   * <pre>{@code
   * assertThat(nic).isFailed(); // fails
   * nic.fail();
   * assertThat(nic).isFailed(); // passes
   * }</pre>
   */
  public PhysicalNicAssert isFailed() {
    return verify(
        () ->
            actual.isFailed()
                ? null
                : new ShouldBe(subject(), "failed", state(), evidence(), actual.name()));
  }

  /**
   * That it has a link, whether it works or not.
   *
   * <pre>{@code
   * assertThat(nic).hasLink(); // passes
   * nic.linkDown();
   * assertThat(nic).hasLink(); // fails
   * }</pre>
   */
  public PhysicalNicAssert hasLink() {
    return verify(
        () ->
            actual.isLinkUp()
                ? null
                : new ShouldHave(
                    subject(), "a link", "none: " + state(), evidence(), actual.name()));
  }

  /**
   * That it has no link.
   *
   * <pre>{@code
   * assertThat(nic).hasNoLink(); // fails
   * nic.linkDown();
   * assertThat(nic).hasNoLink(); // passes
   * }</pre>
   */
  public PhysicalNicAssert hasNoLink() {
    return verify(
        () ->
            !actual.isLinkUp()
                ? null
                : new ShouldHave(
                    subject(), "no link", "one: " + state(), evidence(), actual.name()));
  }

  /**
   * That it sends and receives for its host.
   *
   * <pre>{@code
   * assertThat(host.pnic("p0")).isActive(); // passes
   * assertThat(host.pnic("p1")).isActive(); // fails
   * }</pre>
   */
  public PhysicalNicAssert isActive() {
    return verify(
        () ->
            actual.isActive()
                ? null
                : new ShouldBe(subject(), "active", state(), evidence(), actual.name()));
  }

  /**
   * That it stands by.
   *
   * <pre>{@code
   * assertThat(host.pnic("p1")).isStandby(); // passes
   * assertThat(host.pnic("p0")).isStandby(); // fails
   * }</pre>
   */
  public PhysicalNicAssert isStandby() {
    return verify(
        () ->
            !actual.isActive()
                ? null
                : new ShouldBe(subject(), "on standby", state(), evidence(), actual.name()));
  }

  /**
   * That so many packets came from the wire and were accepted.
   *
   * <pre>{@code
   * assertThat(nic).received(3); // passes
   * assertThat(nic).received(4); // fails
   * }</pre>
   */
  public PhysicalNicAssert received(long packets) {
    return verifyCount("received", packets, () -> actual.counters().receivedPackets());
  }

  /**
   * That so many packets went to the wire.
   *
   * <pre>{@code
   * assertThat(nic).sent(3); // passes
   * assertThat(nic).sent(4); // fails
   * }</pre>
   */
  public PhysicalNicAssert sent(long packets) {
    return verifyCount("sent", packets, () -> actual.counters().sentPackets());
  }

  /**
   * That so many virtual functions are bound to nobody.
   *
   * <pre>{@code
   * assertThat(nic).hasFreeFunctions(2); // passes
   * assertThat(nic).hasFreeFunctions(3); // fails
   * }</pre>
   */
  public PhysicalNicAssert hasFreeFunctions(int number) {
    return verify(
        () -> {
          long free = actual.virtualFunctions().stream().filter(vf -> vf.owner() == null).count();
          return free == number
              ? null
              : new ShouldHave(
                  subject(),
                  number + " free virtual functions",
                  free + ": " + owners(),
                  evidence(),
                  actual.name());
        });
  }

  /**
   * That one of its virtual functions is bound to this virtual machine.
   *
   * <pre>{@code
   * assertThat(nic).hasBoundFunction("web"); // passes
   * assertThat(nic).hasBoundFunction("mail"); // fails
   * }</pre>
   */
  public PhysicalNicAssert hasBoundFunction(String owner) {
    return verify(
        () ->
            actual.virtualFunctions().stream().anyMatch(vf -> owner.equals(vf.owner()))
                ? null
                : new ShouldHave(
                    subject(),
                    "a virtual function bound to " + owner,
                    "none: " + owners(),
                    evidence(),
                    actual.name(),
                    owner));
  }
}
