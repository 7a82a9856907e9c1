// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The labs that live as long as the run, and those that several classes hold together. */
@SuppressWarnings("deprecation") // JUnit 5.12 closes nothing else; later ones take AutoCloseable.
final class RunLabs implements CloseableResource, AutoCloseable {

  /** By what describes them. */
  private final Map<Object, RunningLab> labs = new LinkedHashMap<>();

  /** By the class with the static field that they are in. */
  private final Map<Class<?>, Lease> leases = new LinkedHashMap<>();

  /** Labs of tests' own in static fields that several classes inherit. */
  private final AdoptedLabs adopted = new AdoptedLabs();

  private int tests;

  /** The lab of this description. */
  synchronized RunningLab lab(LabSpec spec) {
    Object key = spec.key();
    RunningLab lab = labs.get(key);
    if (lab == null) {
      lab = spec.open();
      labs.put(key, lab);
    }
    return lab;
  }

  AdoptedLabs adopted() {
    return adopted;
  }

  synchronized boolean owns(Object lab) {
    for (Lease lease : leases.values()) {
      if (lease.lab.lab() == lab) {
        return true;
      }
    }
    for (RunningLab own : labs.values()) {
      if (own.lab() == lab) {
        return true;
      }
    }
    return adopted.owns(lab);
  }

  // ---- labs in static fields of a superclass ----

  /** Takes part in the lab that is in a static field of this class; the first one opens it. */
  synchronized RunningLab lease(Class<?> owner, LabSpec spec) {
    Lease lease = leases.get(owner);
    if (lease == null) {
      lease = new Lease(spec.open());
      leases.put(owner, lease);
    }
    lease.holders++;
    return lease.lab;
  }

  /** Ends taking part; true if it was the last one, which closes the lab. */
  synchronized boolean release(Class<?> owner) {
    Lease lease = leases.get(owner);
    if (lease == null || --lease.holders > 0) {
      return false;
    }
    leases.remove(owner);
    lease.lab.close();
    return true;
  }

  // ---- checks ----

  /** A test that uses one of them starts. */
  synchronized void enter() {
    tests++;
  }

  /** A test that uses one of them ends. While others run, only the law can be checked. */
  synchronized void leave(Verdict verdict) {
    boolean busy = --tests > 0;
    for (RunningLab lab : labs.values()) {
      verdict.checkShared(lab, busy);
    }
    for (Lease lease : leases.values()) {
      verdict.checkShared(lease.lab, busy);
    }
    adopted.checkShared(verdict, busy);
  }

  @Override
  public synchronized void close() {
    for (RunningLab lab : labs.values()) {
      lab.close();
    }
    adopted.close();
  }

  private static final class Lease {
    final RunningLab lab;
    int holders;

    Lease(RunningLab lab) {
      this.lab = lab;
    }
  }
}
