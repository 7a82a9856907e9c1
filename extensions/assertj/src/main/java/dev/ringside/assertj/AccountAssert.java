// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.trace.Account;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the packets of one device.
 *
 * <pre>{@code
 * assertThat(account).created(4); // fails
 * assertThat(nic.account()).received(3).sent(2).dropped(DropReason.RING_FULL, 1).isBalanced();
 * }</pre>
 */
public class AccountAssert extends AbstractDropperAssert<AccountAssert, Account> {
  /** Assertions about this one. */
  public AccountAssert(@Nullable Account actual) {
    super(actual, AccountAssert.class);
  }

  @Override
  protected Account account() {
    return actual;
  }

  @Override
  protected String subject() {
    return "account of " + actual.stage() + " " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual);
  }

  /**
   * That so many packets started here.
   *
   * <pre>{@code
   * assertThat(account).created(3); // passes
   * }</pre>
   */
  public AccountAssert created(long packets) {
    return verifyCount("created", packets, () -> actual.created());
  }

  /**
   * That so many packets came from other devices.
   *
   * <pre>{@code
   * assertThat(account).received(3); // passes
   * assertThat(account).received(4); // fails
   * }</pre>
   */
  public AccountAssert received(long packets) {
    return verifyCount("received", packets, () -> actual.received());
  }

  /**
   * That so many copies were made here.
   *
   * <pre>{@code
   * assertThat(account).cloned(3); // passes
   * assertThat(account).cloned(4); // fails
   * }</pre>
   */
  public AccountAssert cloned(long packets) {
    return verifyCount("cloned", packets, () -> actual.cloned());
  }

  /**
   * That so many packets were handed to other devices.
   *
   * <pre>{@code
   * assertThat(account).sent(3); // passes
   * assertThat(account).sent(4); // fails
   * }</pre>
   */
  public AccountAssert sent(long packets) {
    return verifyCount("sent", packets, () -> actual.sent());
  }

  /**
   * That so many packets ended here, as intended.
   *
   * <pre>{@code
   * assertThat(account).delivered(3); // passes
   * assertThat(account).delivered(4); // fails
   * }</pre>
   */
  public AccountAssert delivered(long packets) {
    return verifyCount("delivered", packets, () -> actual.delivered());
  }

  /**
   * That so many packets are in the device now.
   *
   * <pre>{@code
   * assertThat(account).holds(0); // passes
   * assertThat(account).holds(1); // fails
   * }</pre>
   */
  public AccountAssert holds(long packets) {
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

  /**
   * That every packet that came in is accounted for.
   *
   * <pre>{@code
   * assertThat(nic.account()).isBalanced(); // passes
   * account.addReceived();
   * assertThat(account).isBalanced(); // fails
   * }</pre>
   */
  public AccountAssert isBalanced() {
    return verify(
        () ->
            actual.missing() == 0
                ? null
                : new ShouldBe(
                    subject(),
                    "balanced",
                    "short of " + actual.missing() + ": " + actual,
                    evidence()));
  }
}
