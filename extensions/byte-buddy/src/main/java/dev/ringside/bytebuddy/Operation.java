// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

/**
 * An operation of a device, by the number of its arguments: a method reference. It is called once,
 * on a stand-in that only notes which method was meant.
 *
 * <pre>{@code
 * faults.before(PhysicalNic::fail);  // Operation.Plain
 * faults.before(Client::unmap);      // Operation.OfOne
 * faults.before(Tenancy::move);      // Operation.OfThree
 * }</pre>
 *
 * <p>Of methods of one name, a lambda says which one is meant: {@code
 * faults.before(MemoryPool.class, pool -> pool.reserve("", bytes(1)))}.
 */
public final class Operation {

  private Operation() {}

  /** An operation without arguments. */
  @FunctionalInterface
  public interface Plain<D> {
    /** Calls it. */
    void call(D device);
  }

  /** An operation with an argument. */
  @FunctionalInterface
  public interface OfOne<D, A> {
    /** Calls it. */
    void call(D device, A argument);
  }

  /** An operation with two arguments. */
  @FunctionalInterface
  public interface OfTwo<D, A, B> {
    /** Calls it. */
    void call(D device, A first, B second);
  }

  /** An operation with three arguments. */
  @FunctionalInterface
  public interface OfThree<D, A, B, C> {
    /** Calls it. */
    void call(D device, A first, B second, C third);
  }
}
