package dev.remora.model;

/** Why an execution or a node is in the state it is in. Shown beside a state that needs an explanation. */
public enum Cause {
    /** Of an execution: its time was up. Of a node: the time of an attempt was up. */
    TIMEOUT,
    /** The time allowed for the execution was up, and so the node was stopped, or did not start. */
    EXECUTION_TIMEOUT,
    /** The program ended with an exit code other than 0. */
    EXIT_CODE,
    /** The job could not be started, or ended with an exception. */
    EXCEPTION,
    /** The job vanished together with the engine that ran it. */
    LOST,
    /** A user killed the execution. */
    USER_KILL,
    /** Stopped, or not started, by the failure policy of the execution. */
    POLICY,
    /** The job was told to stop, but nobody could verify in time that it is gone. */
    KILL_UNVERIFIED,
    /** The job type refused the parameter as it was after substitution. */
    BAD_PARAMETER,
    /** The application that runs this engine has no job type of this name. */
    UNKNOWN_JOB_TYPE,
    /** The outputs that a job left break a rule or a limit. */
    BAD_OUTPUT,
    /** A newer run of the same workflow replaced this one. */
    REPLACED,
    /**
     * The engine could not go on with the execution, and trying again did not help: what is stored of it cannot be read,
     * or the storage refuses for good what it changes. The log of the engine says more.
     */
    UNPROCESSABLE
}
