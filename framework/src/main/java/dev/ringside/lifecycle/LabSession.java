// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Cable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lab and its course: watched from the start, checked after each test, reported when a test
 * fails, closed once.
 *
 * <pre>{@code
 * try (LabSession session = LabSession.of(Lab.open())) {
 *   Lab lab = session.lab();
 *   ...
 *   session.check(); // throws UncleanLabError, which names every leak and every unexpected loss
 * }
 * }</pre>
 *
 * <p>A lab that several tests share is checked after each: what was found once is not found again.
 */
public final class LabSession implements AutoCloseable {

  private final Lab lab;
  private final List<WireTape> tapes;
  private final Inspection inspection;
  private final Leniences lenient = new Leniences();

  /** How many entries the journal had when the lab was built. */
  private final long began;

  private LabSession(Lab lab) {
    this.lab = lab;
    List<Cable> cables = lab.cables();
    this.tapes = new ArrayList<>(cables.size());
    for (Cable cable : cables) {
      tapes.add(new WireTape(lab.world(), cable));
    }
    this.inspection = new Inspection(lab, lenient);
    this.began = lab.journal().forgotten() + lab.journal().size();
  }

  /** Watches a lab, whoever has built it; the session closes it. */
  public static LabSession of(Lab lab) {
    return new LabSession(lab);
  }

  /** The lab. */
  public Lab lab() {
    return lab;
  }

  /**
   * Leaves checks out; all but the conservation law, which is always checked, if none is named.
   *
   * @return this
   * @throws IllegalArgumentException if the conservation law is named
   */
  public LabSession lenient(LabCheck... checks) {
    boolean all = checks.length == 0;
    for (LabCheck check : all ? LabCheck.values() : checks) {
      if (!all || check != LabCheck.CONSERVATION_LAW) {
        Lenience lenience = Lenience.about(check);
        lenient.add(all ? lenience.ifNeeded() : lenience);
      }
    }
    return this;
  }

  long began() {
    return began;
  }

  /**
   * Forgives some of what checks find, such as that of one device.
   *
   * @return this
   */
  public LabSession lenient(Lenience lenience, Lenience... more) {
    lenient.add(lenience);
    for (Lenience other : more) {
      lenient.add(other);
    }
    return this;
  }

  /**
   * Asks for checks that are left out otherwise: {@link LabCheck#UNUSED_RULES}.
   *
   * <pre>{@code
   * session.strict(LabCheck.UNUSED_RULES);
   * classifier.table().insert(tcp().port(80), ring(2));
   * classifier.table().insert(tcp().port(8080), ring(2)).lenient(); // may match nothing
   * }</pre>
   *
   * @return this
   * @throws IllegalArgumentException if a check is made anyway
   */
  public LabSession strict(LabCheck... checks) {
    for (LabCheck check : checks) {
      lenient.demand(check);
    }
    return this;
  }

  /**
   * Looks for what should not be, and for what should have been; what was found before is not found
   * again.
   *
   * @param expected losses that are meant this time, besides those that the lab expects
   */
  public List<Finding> findings(DropReason... expected) {
    Leniences meant = new Leniences();
    for (DropReason reason : expected) {
      meant.add(Lenience.expecting(reason));
    }
    synchronized (lab.world()) {
      List<Finding> findings = inspection.tooMuch(meant);
      inspection.addUnused(findings, meant);
      inspection.addTooLittle(findings, meant);
      return findings;
    }
  }

  /**
   * Looks for what should not be, and for what should have been.
   *
   * @param meant what to forgive this time, besides what the session forgives; {@link
   *     Leniences#unused} tells what of it there was no need for
   */
  public List<Finding> findings(Leniences meant) {
    synchronized (lab.world()) {
      List<Finding> findings = inspection.tooMuch(meant);
      inspection.addTooLittle(findings, meant);
      return findings;
    }
  }

  /**
   * Looks for what should not be, in a lab that goes on: what should have been may come yet.
   *
   * @param meant what to forgive this time, besides what the session forgives
   */
  public List<Finding> findingsSoFar(Leniences meant) {
    synchronized (lab.world()) {
      return inspection.tooMuch(meant);
    }
  }

  /** Looks only whether every packet has exactly one fate. */
  public List<Finding> violations() {
    synchronized (lab.world()) {
      return inspection.law();
    }
  }

  /**
   * Checks the lab.
   *
   * @param expected losses that are meant this time, besides those that the lab expects
   * @throws UncleanLabError if something is found
   */
  public void check(DropReason... expected) {
    List<Finding> findings = findings(expected);
    if (!findings.isEmpty()) {
      throw error(findings);
    }
  }

  /** What to throw for these findings. */
  public UncleanLabError error(List<Finding> findings) {
    return new UncleanLabError(findings, replayLine());
  }

  /** How to run the test again with the same chance: {@code Replay with @LabSeed(0x5eedL)}. */
  public String replayLine() {
    return "Replay with @LabSeed(" + lab.seed() + "L)";
  }

  /**
   * Writes what is known about a failed test: {@code report.html}, which has it all in one ({@link
   * dev.ringside.page.FailurePage}), {@code summary.txt}, {@code journal.txt} and {@code
   * journal.jsonl}, {@code state.txt} with the tables of all devices, {@code topology.svg}, and a
   * pcapng file for each cable.
   *
   * @param directory where to; it is made if it is not there
   * @param test the name of the test
   * @param failure why it failed, null if that is not known
   * @throws java.io.UncheckedIOException if a file cannot be written
   * @throws dev.ringside.packet.capture.CaptureException if a capture cannot be written
   */
  public void writeReport(Path directory, String test, @Nullable Throwable failure) {
    synchronized (lab.world()) {
      new FailureReport(this, tapes).write(directory, test, failure);
    }
  }

  /** Closes the lab; a second call does nothing. */
  @Override
  public void close() {
    lab.close();
  }
}
