// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a virtual function.
 *
 * <pre>{@code
 * assertThat(vf).isBoundTo("db"); // fails
 * assertThat(vf).isBoundTo("web").hasVlan(100).dropped(DropReason.SPOOFED, 1);
 * }</pre>
 */
public class VirtualFunctionAssert
    extends AbstractDropperAssert<VirtualFunctionAssert, VirtualFunction> {
  /** Assertions about this one. */
  public VirtualFunctionAssert(@Nullable VirtualFunction actual) {
    super(actual, VirtualFunctionAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "virtual function " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String binding() {
    return actual.owner() == null ? "free" : "bound to " + actual.owner();
  }

  /**
   * That it is bound to this virtual machine.
   *
   * <pre>{@code
   * assertThat(vf).isBoundTo("web"); // passes
   * }</pre>
   */
  public VirtualFunctionAssert isBoundTo(String owner) {
    return verify(
        () ->
            owner.equals(actual.owner())
                ? null
                : new ShouldBe(
                    subject(), "bound to " + owner, binding(), evidence(), actual.name()));
  }

  /**
   * That it is bound to nobody.
   *
   * <pre>{@code
   * assertThat(vf).isFree(); // fails
   * vf.unbind();
   * assertThat(vf).isFree(); // passes
   * }</pre>
   */
  public VirtualFunctionAssert isFree() {
    return verify(
        () ->
            actual.owner() == null
                ? null
                : new ShouldBe(subject(), "free", binding(), evidence(), actual.name()));
  }

  /**
   * That it puts its guest into this VLAN; 0 for none.
   *
   * <pre>{@code
   * assertThat(vf).hasVlan(200); // fails
   * vf.setVlan(100);
   * assertThat(vf).hasVlan(100); // passes
   * }</pre>
   */
  public VirtualFunctionAssert hasVlan(int vlan) {
    return verify(
        () ->
            actual.vlan() == vlan
                ? null
                : new ShouldHave(
                    subject(), "VLAN " + vlan, "VLAN " + actual.vlan(), evidence(), actual.name()));
  }

  /**
   * That this is its address.
   *
   * <pre>{@code
   * assertThat(vf).hasMac(web.mac()); // passes
   * assertThat(vf).hasMac(db.mac()); // fails
   * }</pre>
   */
  public VirtualFunctionAssert hasMac(MacAddress mac) {
    return verify(
        () ->
            actual.mac().equals(mac)
                ? null
                : new ShouldHave(
                    subject(),
                    "MAC address " + mac,
                    actual.mac().toString(),
                    evidence(),
                    actual.name()));
  }

  /**
   * That its guest may change what an ordinary guest may not.
   *
   * <pre>{@code
   * assertThat(vf).isTrusted(); // fails
   * vf.setTrusted(true);
   * assertThat(vf).isTrusted(); // passes
   * }</pre>
   */
  public VirtualFunctionAssert isTrusted() {
    return verify(
        () ->
            actual.isTrusted()
                ? null
                : new ShouldBe(subject(), "trusted", "not trusted", evidence(), actual.name()));
  }

  /**
   * That its guest is an ordinary one.
   *
   * <pre>{@code
   * assertThat(vf).isNotTrusted(); // passes
   * vf.setTrusted(true);
   * assertThat(vf).isNotTrusted(); // fails
   * }</pre>
   */
  public VirtualFunctionAssert isNotTrusted() {
    return verify(
        () ->
            !actual.isTrusted()
                ? null
                : new ShouldBe(subject(), "an ordinary one", "trusted", evidence(), actual.name()));
  }

  /**
   * That its guest may send from its own address only.
   *
   * <pre>{@code
   * assertThat(vf).hasSpoofCheck(); // passes
   * vf.setSpoofCheck(false);
   * assertThat(vf).hasSpoofCheck(); // fails
   * }</pre>
   */
  public VirtualFunctionAssert hasSpoofCheck() {
    return verify(
        () ->
            actual.hasSpoofCheck()
                ? null
                : new ShouldHave(
                    subject(), "spoof check on", "spoof check off", evidence(), actual.name()));
  }

  /**
   * That its guest may send from any address.
   *
   * <pre>{@code
   * assertThat(vf).hasNoSpoofCheck(); // fails
   * vf.setSpoofCheck(false);
   * assertThat(vf).hasNoSpoofCheck(); // passes
   * }</pre>
   */
  public VirtualFunctionAssert hasNoSpoofCheck() {
    return verify(
        () ->
            !actual.hasSpoofCheck()
                ? null
                : new ShouldHave(
                    subject(), "spoof check off", "spoof check on", evidence(), actual.name()));
  }

  /**
   * That its guest sees the link up.
   *
   * <pre>{@code
   * assertThat(vf).hasLink(); // passes
   * vf.setLink(FunctionLink.DISABLED);
   * assertThat(vf).hasLink(); // fails
   * }</pre>
   */
  public VirtualFunctionAssert hasLink() {
    return verify(
        () ->
            actual.isLinkUp()
                ? null
                : new ShouldHave(subject(), "a link", "none", evidence(), actual.name()));
  }

  /**
   * That its guest sees the link down.
   *
   * <pre>{@code
   * assertThat(vf).hasNoLink(); // fails
   * vf.setLink(FunctionLink.DISABLED);
   * assertThat(vf).hasNoLink(); // passes
   * }</pre>
   */
  public VirtualFunctionAssert hasNoLink() {
    return verify(
        () ->
            !actual.isLinkUp()
                ? null
                : new ShouldHave(subject(), "no link", "one", evidence(), actual.name()));
  }

  /**
   * That so many packets were handed to its guest.
   *
   * <pre>{@code
   * assertThat(vf).received(3); // passes
   * assertThat(vf).received(4); // fails
   * }</pre>
   */
  public VirtualFunctionAssert received(long packets) {
    return verifyCount("received", packets, () -> actual.counters().receivedPackets());
  }

  /**
   * That its guest sent so many packets, those it dropped left out.
   *
   * <pre>{@code
   * assertThat(vf).sent(3); // passes
   * assertThat(vf).sent(4); // fails
   * }</pre>
   */
  public VirtualFunctionAssert sent(long packets) {
    return verifyCount("sent", packets, () -> actual.counters().sentPackets());
  }

  /**
   * That it refused so many requests of its guest, such as for another address.
   *
   * <pre>{@code
   * assertThat(vf).refusedRequests(0); // passes
   * vf.requestPromiscuous(true);
   * assertThat(vf).refusedRequests(0); // fails
   * }</pre>
   */
  public VirtualFunctionAssert refusedRequests(long number) {
    return verifyCount("refused", number, "request", () -> actual.refusedRequests());
  }
}
