// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.MethodVisitor;

/** One change of the instructions of one method; it must find what it changes. */
interface Edit {

  /**
   * Puts itself between the method as it is and the method as it will be.
   *
   * @param next takes the instructions of the changed method
   * @param changes is told of every place that was changed
   */
  MethodVisitor over(MethodDescription method, MethodVisitor next, Runnable changes);
}
