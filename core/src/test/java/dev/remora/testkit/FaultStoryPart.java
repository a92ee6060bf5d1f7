package dev.remora.testkit;

import dev.remora.spi.Storage;
import java.util.function.Supplier;

/** A part whose tests tell one story again and again, each time with other calls of the storage failing. */
public abstract class FaultStoryPart extends EnginePart {
    /** What fails in one telling. Safe for use by several threads. */
    public interface Faults {
        /**
         * Returns how many calls have failed so far.
         *
         * @return the number, at least 0
         */
        int happened();

        /**
         * Returns how many calls fail at the most.
         *
         * @return the number
         */
        int most();

        /**
         * Tells whether the story may end: a call that an engine makes by itself may still be to come.
         *
         * @return false as long as it has to wait
         */
        boolean enough();
    }

    /** Creates the part. */
    protected FaultStoryPart() {}

    /**
     * Tells the story.
     *
     * @param flow the first part of the names of its workflows, another one for each telling
     * @param handles opens storages on the data of this part, whose calls fail now and then
     * @param faults what fails
     * @param fires whether a schedule is part of it, which takes some seconds
     * @throws Exception if something goes wrong
     */
    protected final void tell(String flow, Supplier<Storage> handles, Faults faults, boolean fires) throws Exception {
        new FaultStory(this, flow, handles, faults).tell(fires);
    }

    /**
     * Opens a storage on the data of this part.
     *
     * @return the storage
     */
    protected final Storage open() {
        return fixture.open();
    }
}
