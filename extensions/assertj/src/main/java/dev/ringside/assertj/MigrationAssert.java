// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationPhase;
import dev.ringside.migration.MigrationState;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a migration.
 *
 * <pre>{@code
 * assertThat(migration).isAt(MigrationPhase.COPY).isNotCommitted();
 * blade2.fail();
 * assertThat(migration).isRolledBack().because("host b2 has failed");
 * }</pre>
 */
public class MigrationAssert extends AbstractRingsideAssert<MigrationAssert, Migration> {

  /** Assertions about this one. */
  public MigrationAssert(@Nullable Migration actual) {
    super(actual, MigrationAssert.class);
  }

  @Override
  protected String subject() {
    return "migration of "
        + actual.vm().name()
        + " from "
        + actual.source().name()
        + " to "
        + actual.target().name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.source().world());
  }

  private MigrationAssert is(String wanted, boolean holds) {
    return verify(
        () ->
            holds
                ? null
                : new ShouldBe(subject(), wanted, found(), evidence(), actual.vm().name()));
  }

  private String found() {
    String reason = actual.reason();
    return words(actual.state())
        + ", at "
        + actual.phase()
        + (reason.isEmpty() ? "" : ", because: " + reason);
  }

  private static String words(MigrationState state) {
    return switch (state) {
      case RUNNING -> "running";
      case COMPLETED -> "completed";
      case DEGRADED -> "degraded";
      case ROLLED_BACK -> "rolled back";
    };
  }

  private MigrationAssert isIn(MigrationState state) {
    isNotNull();
    return is(words(state), actual.state() == state);
  }

  // ---- how far it is ----

  /**
   * That it is under way.
   *
   * <pre>{@code
   * assertThat(lab.migrate(web).copyTime(Duration.ofMillis(5)).to(b2)).isRunning(); // passes
   * assertThat(lab.migrate(db).to(b2)).isRunning();                                 // fails
   * }</pre>
   */
  public MigrationAssert isRunning() {
    return isIn(MigrationState.RUNNING);
  }

  /**
   * That it is, or ended, at this step.
   *
   * <pre>{@code
   * assertThat(migration).isAt(MigrationPhase.COPY);   // passes
   * assertThat(migration).isAt(MigrationPhase.SWITCH); // fails
   * }</pre>
   */
  public MigrationAssert isAt(MigrationPhase phase) {
    isNotNull();
    return is("at " + phase, actual.phase() == phase);
  }

  /**
   * That it is past the point of no return.
   *
   * <pre>{@code
   * lab.advance(Duration.ofMillis(5));
   * assertThat(migration).isCommitted(); // passes
   * }</pre>
   */
  public MigrationAssert isCommitted() {
    isNotNull();
    return is("committed", actual.isCommitted());
  }

  /**
   * That it can still be called off, or was.
   *
   * <pre>{@code
   * assertThat(migration).isAt(MigrationPhase.COPY).isNotCommitted(); // passes
   * }</pre>
   */
  public MigrationAssert isNotCommitted() {
    isNotNull();
    return is("not committed", !actual.isCommitted());
  }

  // ---- how it ended ----

  /**
   * That the virtual machine runs on the target, with all that it should have there.
   *
   * <pre>{@code
   * assertThat(lab.migrate(web).to(b2)).isCompleted(); // passes
   * }</pre>
   */
  public MigrationAssert isCompleted() {
    return isIn(MigrationState.COMPLETED);
  }

  /**
   * That the virtual machine runs on the target, but without the virtual router.
   *
   * <pre>{@code
   * assertThat(migration).isDegraded().because("no address for the router"); // passes
   * }</pre>
   */
  public MigrationAssert isDegraded() {
    return isIn(MigrationState.DEGRADED);
  }

  /**
   * That the virtual machine runs on the source as before.
   *
   * <pre>{@code
   * migration.cancel();
   * assertThat(migration).isRolledBack().because("cancelled"); // passes
   * }</pre>
   */
  public MigrationAssert isRolledBack() {
    return isIn(MigrationState.ROLLED_BACK);
  }

  /**
   * That the reason why it was rolled back or is degraded has these words in it.
   *
   * <pre>{@code
   * assertThat(migration).because("has failed"); // passes
   * assertThat(migration).because("cancelled");  // fails
   * }</pre>
   */
  public MigrationAssert because(String words) {
    isNotNull();
    return is("over because of: " + words, actual.reason().contains(words));
  }
}
