export { Tool, Toolbar, ToolSeparator, type ToolProps } from './Toolbar';
