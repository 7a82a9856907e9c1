// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldHaveDelivered;
import dev.ringside.transfer.Hop;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a transfer.
 *
 * <pre>{@code
 * assertThat(lab.transfer(web, db, payload))
 *     .crossed(CHASSIS_INTERCONNECT)
 *     .used(RDMA)
 *     .deliveredExactly(payload);
 * }</pre>
 */
public class TransferAssert extends AbstractRingsideAssert<TransferAssert, Transfer> {

  /** Assertions about this one. */
  public TransferAssert(@Nullable Transfer actual) {
    super(actual, TransferAssert.class);
  }

  @Override
  protected String subject() {
    return "transfer " + actual.path() + " of " + actual.size() + " bytes";
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String[] about() {
    List<String> names = new ArrayList<>();
    names.add(actual.path().toString());
    for (Hop hop : actual.hops()) {
      names.add(hop.name());
    }
    return names.toArray(new String[0]);
  }

  private TransferAssert has(String wanted, String found, boolean holds) {
    return verify(
        () -> holds ? null : new ShouldHave(subject(), wanted, found, evidence(), about()));
  }

  private TransferAssert is(String wanted, boolean holds) {
    return verify(
        () -> holds ? null : new ShouldBe(subject(), wanted, state(), evidence(), about()));
  }

  private String state() {
    String failure = actual.failure();
    return switch (actual.state()) {
      case OPEN -> "open, " + actual.acknowledgedBytes() + " bytes acknowledged";
      case DELIVERED -> "delivered";
      case FAILED -> "failed: " + failure;
    };
  }

  // ---- its way ----

  /**
   * That its hops together have crossed these media and no others.
   *
   * <pre>{@code
   * assertThat(transfer).crossed(CHASSIS_INTERCONNECT);                    // passes
   * assertThat(transfer).crossed(CHASSIS_INTERCONNECT, STANDARD_NETWORK); // fails
   * }</pre>
   */
  public TransferAssert crossed(Media... media) {
    isNotNull();
    return has(
        "crossed " + sorted(media), "crossed " + actual.media(), isSame(media, actual.media()));
  }

  /**
   * That its hops together have used these protocols and no others.
   *
   * <pre>{@code
   * assertThat(transfer).used(RDMA);   // passes
   * assertThat(transfer).used(TCP_IP); // fails
   * }</pre>
   */
  public TransferAssert used(Protocol... protocols) {
    isNotNull();
    return has(
        "used " + sorted(protocols),
        "used " + actual.protocols(),
        isSame(protocols, actual.protocols()));
  }

  /**
   * That its hops, one after the other, have used these protocols in this order.
   *
   * <pre>{@code
   * chassis.interconnect().fail();
   * assertThat(transfer).usedInOrder(RDMA, TCP_IP); // passes
   * }</pre>
   */
  public TransferAssert usedInOrder(Protocol... protocols) {
    isNotNull();
    List<Protocol> found = new ArrayList<>();
    for (Hop hop : actual.hops()) {
      for (Stretch stretch : hop.stretches()) {
        found.add(stretch.protocol());
      }
    }
    List<Protocol> wanted = List.of(protocols);
    return has("used " + wanted + " in this order", "used " + found, found.equals(wanted));
  }

  private static <T extends Enum<T>> boolean isSame(T[] wanted, Collection<T> found) {
    return new TreeSet<>(Arrays.asList(wanted)).equals(new TreeSet<>(found));
  }

  private static <T extends Enum<T>> String sorted(T[] values) {
    return new TreeSet<>(Arrays.asList(values)).toString();
  }

  /**
   * That so many units were begun on all hops together, each counted once.
   *
   * <pre>{@code
   * assertThat(transfer).hasUnits(16); // passes
   * }</pre>
   */
  public TransferAssert hasUnits(long units) {
    return verifyCount("begun", units, "unit", () -> actual.units());
  }

  // ---- its end ----

  /**
   * That all of its bytes have arrived and are these.
   *
   * <pre>{@code
   * assertThat(transfer).deliveredExactly(payload); // passes
   * }</pre>
   */
  public TransferAssert deliveredExactly(byte[] bytes) {
    return verify(
        () -> {
          byte[] found = actual.received();
          return Arrays.equals(bytes, found)
              ? null
              : new ShouldHaveDelivered(subject(), bytes, found, evidence(), about());
        });
  }

  /**
   * That all bytes have arrived and the sender knows it.
   *
   * <pre>{@code
   * assertThat(transfer).isDelivered(); // passes
   * }</pre>
   */
  public TransferAssert isDelivered() {
    isNotNull();
    return is("delivered", actual.isDelivered());
  }

  /**
   * That it is neither delivered nor failed.
   *
   * <pre>{@code
   * assertThat(transfer).isOpen(); // fails once all bytes have arrived
   * }</pre>
   */
  public TransferAssert isOpen() {
    isNotNull();
    return is("open", actual.isOpen());
  }

  /**
   * That it has failed, for a reason that has these words in it.
   *
   * <pre>{@code
   * assertThat(transfer).failedBecause("takes no transfers"); // passes
   * }</pre>
   */
  public TransferAssert failedBecause(String words) {
    isNotNull();
    String failure = actual.failure();
    return is("failed because of: " + words, failure != null && failure.contains(words));
  }

  /**
   * That the last node has acknowledged so many bytes.
   *
   * <pre>{@code
   * assertThat(transfer).acknowledged(131_072); // passes
   * }</pre>
   */
  public TransferAssert acknowledged(int bytes) {
    return verifyCount("acknowledged", bytes, "byte", () -> actual.acknowledgedBytes());
  }
}
