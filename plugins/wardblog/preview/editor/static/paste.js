export const pasted = () => null;
